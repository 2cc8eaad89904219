//! The module's specification by example: names of well-known people and places, each nearest to its own.

use super::{Hangul, Katakana, Latin, Vocabulary, cost, cost_within};

/// Katakana names with their usual Latin spelling, from many languages.
const NAMES: &[(&str, &str)] = &[
    // English
    ("ノークス", "Nokes"),
    ("カーンズ", "Kearns"),
    ("シェイクスピア", "Shakespeare"),
    ("ワシントン", "Washington"),
    ("リンカーン", "Lincoln"),
    ("ルーズベルト", "Roosevelt"),
    ("チャーチル", "Churchill"),
    ("サッチャー", "Thatcher"),
    ("ジョンソン", "Johnson"),
    ("トランプ", "Trump"),
    ("バイデン", "Biden"),
    ("オバマ", "Obama"),
    ("ブレア", "Blair"),
    ("ニュートン", "Newton"),
    ("ダーウィン", "Darwin"),
    ("マックスウェル", "Maxwell"),
    ("ラザフォード", "Rutherford"),
    ("ホーキング", "Hawking"),
    ("ディケンズ", "Dickens"),
    ("ヘミングウェイ", "Hemingway"),
    ("ホイットマン", "Whitman"),
    ("キーツ", "Keats"),
    ("バーンズ", "Burns"),
    ("ライト", "Wright"),
    ("ナイト", "Knight"),
    ("テイラー", "Taylor"),
    ("マイケル", "Michael"),
    ("ジャクソン", "Jackson"),
    ("ジョージ", "George"),
    ("スミス", "Smith"),
    ("アームストロング", "Armstrong"),
    ("マサチューセッツ", "Massachusetts"),
    ("フィラデルフィア", "Philadelphia"),
    ("コネティカット", "Connecticut"),
    ("テキサス", "Texas"),
    ("カリフォルニア", "California"),
    ("エディンバラ", "Edinburgh"),
    ("グリニッジ", "Greenwich"),
    ("レスター", "Leicester"),
    ("シドニー", "Sydney"),
    // German, Dutch, Nordic
    ("アインシュタイン", "Einstein"),
    ("シュレーディンガー", "Schrödinger"),
    ("ハイゼンベルク", "Heisenberg"),
    ("ベートーヴェン", "Beethoven"),
    ("バッハ", "Bach"),
    ("モーツァルト", "Mozart"),
    ("ワーグナー", "Wagner"),
    ("フロイト", "Freud"),
    ("ニーチェ", "Nietzsche"),
    ("ゲーテ", "Goethe"),
    ("メルケル", "Merkel"),
    ("ショルツ", "Scholz"),
    ("フォイエルバッハ", "Feuerbach"),
    ("ツィンマーマン", "Zimmermann"),
    ("シュヴァルツェネッガー", "Schwarzenegger"),
    ("ミュンヘン", "München"),
    ("デュッセルドルフ", "Düsseldorf"),
    ("ハイデルベルク", "Heidelberg"),
    ("ゴッホ", "Gogh"),
    ("レンブラント", "Rembrandt"),
    ("フェルメール", "Vermeer"),
    ("ロッテルダム", "Rotterdam"),
    ("ユトレヒト", "Utrecht"),
    ("イプセン", "Ibsen"),
    ("グリーグ", "Grieg"),
    ("アンデルセン", "Andersen"),
    ("シベリウス", "Sibelius"),
    ("イェーテボリ", "Göteborg"),
    ("フェルホフスタット", "Verhofstadt"),
    // French
    ("マクロン", "Macron"),
    ("サルコジ", "Sarkozy"),
    ("ミッテラン", "Mitterrand"),
    ("フランソワ", "François"),
    ("ルノワール", "Renoir"),
    ("ドビュッシー", "Debussy"),
    ("ラヴェル", "Ravel"),
    ("ルソー", "Rousseau"),
    ("モンテスキュー", "Montesquieu"),
    ("デュマ", "Dumas"),
    ("ユゴー", "Hugo"),
    ("カミュ", "Camus"),
    ("サルトル", "Sartre"),
    ("マルグリット", "Marguerite"),
    ("ベルナール", "Bernard"),
    ("ルイ", "Louis"),
    ("ボルドー", "Bordeaux"),
    ("マルセイユ", "Marseille"),
    ("ヴェルサイユ", "Versailles"),
    ("グルノーブル", "Grenoble"),
    ("ボルドレ", "Bordelais"),
    // Italian, Spanish, Portuguese
    ("ガリレイ", "Galilei"),
    ("ミケランジェロ", "Michelangelo"),
    ("ボッティチェリ", "Botticelli"),
    ("カラヴァッジョ", "Caravaggio"),
    ("プッチーニ", "Puccini"),
    ("ベルルスコーニ", "Berlusconi"),
    ("ボローニャ", "Bologna"),
    ("ヴェネツィア", "Venezia"),
    ("セルバンテス", "Cervantes"),
    ("ピカソ", "Picasso"),
    ("ゴヤ", "Goya"),
    ("サンチェス", "Sánchez"),
    ("ロドリゲス", "Rodríguez"),
    ("グァテマラ", "Guatemala"),
    ("マラガ", "Málaga"),
    ("コルーニャ", "Coruña"),
    ("ボルソナロ", "Bolsonaro"),
    ("ブラジリア", "Brasília"),
    // Slavic, Hungarian, Romanian
    ("リパフスキー", "Lipavský"),
    ("ドヴォルザーク", "Dvořák"),
    ("スメタナ", "Smetana"),
    ("ヤナーチェク", "Janáček"),
    ("ハヴェル", "Havel"),
    ("ショパン", "Chopin"),
    ("コペルニクス", "Kopernik"),
    ("カチンスキ", "Kaczyński"),
    ("ワルシャワ", "Warszawa"),
    ("ゼレンスキー", "Zelenskyy"),
    ("プーチン", "Putin"),
    ("ゴルバチョフ", "Gorbachev"),
    ("フルシチョフ", "Khrushchev"),
    ("チャイコフスキー", "Tchaikovsky"),
    ("ドストエフスキー", "Dostoevsky"),
    ("トルストイ", "Tolstoy"),
    ("ショスタコーヴィチ", "Shostakovich"),
    ("ジョコビッチ", "Djokovic"),
    ("ミロシェビッチ", "Milošević"),
    ("バルトーク", "Bartók"),
    ("オルバン", "Orbán"),
    ("チャウシェスク", "Ceaușescu"),
    // Elsewhere
    ("エルドアン", "Erdoğan"),
    ("ネタニヤフ", "Netanyahu"),
    ("サダト", "Sadat"),
    ("ガンディー", "Gandhi"),
    ("ネルー", "Nehru"),
    ("モディ", "Modi"),
    ("シャリフ", "Sharif"),
    ("スハルト", "Suharto"),
    ("ジャカルタ", "Jakarta"),
    ("ホーチミン", "Ho Chi Minh"),
    ("マンデラ", "Mandela"),
    ("エンクルマ", "Nkrumah"),
    ("シャンハイ", "Shanghai"),
    ("ムン・ジェイン", "Moon Jae-in"),
    ("キム・ジョンウン", "Kim Jong Un"),
    ("シー・ジンピン", "Xi Jinping"),
    ("ドナルド・トランプ", "Donald Trump"),
    ("ウィリアム・シェイクスピア", "William Shakespeare"),
];

const KOREAN: &[(&str, &str)] = &[
    ("트럼프", "Trump"),
    ("마크롱", "Macron"),
    ("푸틴", "Putin"),
    ("메르켈", "Merkel"),
    ("바이든", "Biden"),
    ("오바마", "Obama"),
    ("셰익스피어", "Shakespeare"),
    ("아인슈타인", "Einstein"),
    ("베토벤", "Beethoven"),
    ("모차르트", "Mozart"),
    ("밀라노", "Milano"),
    ("텍사스", "Texas"),
    ("캘리포니아", "California"),
    ("런던", "London"),
    ("시드니", "Sydney"),
    ("파리", "Paris"),
    ("서울", "Seoul"),
    ("부산", "Busan"),
    ("김정은", "Kim Jong Un"),
    ("문재인", "Moon Jae-in"),
];

fn katakana(text: &str) -> Katakana {
    Katakana::new(text).unwrap()
}

fn latin(text: &str) -> Latin {
    Latin::new(text).unwrap()
}

fn between(kana: &str, name: &str) -> f64 {
    cost(&katakana(kana), &latin(name))
}

#[test]
fn every_name_sounds_like_its_own_and_more_so_than_like_any_other() {
    let all: Vec<(&str, Latin)> = NAMES.iter().map(|&(_, name)| (name, latin(name))).collect();
    let mut wrong = Vec::new();
    for &(kana, name) in NAMES {
        let sounds = katakana(kana);
        let own = cost(&sounds, &latin(name));
        let (nearest, other) = all
            .iter()
            .filter(|(other, _)| *other != name)
            .map(|(other, latin)| (*other, cost(&sounds, latin)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap();
        if own > 0.2 || other <= own {
            wrong.push(format!("{kana} {name} {own:.3}, {nearest} {other:.3}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn korean_names_sound_like_their_own_and_more_so_than_like_any_other() {
    let all: Vec<(&str, Latin)> = KOREAN.iter().map(|&(_, name)| (name, latin(name))).collect();
    let mut wrong = Vec::new();
    for &(hangul, name) in KOREAN {
        let sounds = Hangul::new(hangul).unwrap();
        let own = cost(&sounds, &latin(name));
        let others = all.iter().filter(|(other, _)| *other != name).map(|(_, latin)| cost(&sounds, latin));
        let nearest = others.fold(f64::INFINITY, f64::min);
        if own > 0.25 || nearest <= own {
            wrong.push(format!("{hangul} {name} {own:.3}, other {nearest:.3}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sound_does_not_judge_spelling() {
    for (kana, one, another) in [("ノークス", "Nokes", "Noakes"), ("カーンズ", "Kearns", "Kerns")] {
        assert!(between(kana, one) < 0.1 && between(kana, another) < 0.1, "{kana}");
    }
}

#[test]
fn swapped_names_are_far_apart() {
    assert!(between("カーンズ", "Nokes") > 0.3);
    assert!(between("ノークス", "Kearns") > 0.3);
    assert!(between("プーチン", "Biden") > 0.3);
}

#[test]
fn exonyms_are_no_transliterations() {
    assert!(between("ドイツ", "Germany") > 0.45);
    assert!(between("イギリス", "UK") > 0.45);
}

#[test]
fn the_weight_counts_vowels_less_than_consonants() {
    assert!((katakana("サカ").weight() - 2.8).abs() < 1e-9);
    assert!((Hangul::new("파리").unwrap().weight() - 2.8).abs() < 1e-9);
}

#[test]
fn a_limit_and_a_vocabulary_change_nothing_but_the_time() {
    let words: Vec<Latin> = NAMES.iter().chain(KOREAN).map(|&(_, name)| latin(name)).collect();
    let vocabulary = Vocabulary::new(&words);
    for &(kana, _) in NAMES {
        let sounds = katakana(kana);
        for limit in [-1.0, 0.0, 0.1, 0.25, 0.4, 0.7, 2.0, f64::INFINITY] {
            let plain: Vec<(usize, f64)> =
                words.iter().map(|word| cost(&sounds, word)).enumerate().filter(|&(_, cost)| cost <= limit).collect();
            let limited: Vec<(usize, f64)> = words
                .iter()
                .enumerate()
                .filter_map(|(place, word)| cost_within(&sounds, word, limit).map(|cost| (place, cost)))
                .collect();
            assert_eq!(limited, plain, "{kana} {limit}");
            assert_eq!(vocabulary.within(&sounds, limit), plain, "{kana} {limit}");
        }
    }
}

#[test]
fn an_empty_vocabulary_holds_nothing() {
    assert!(Vocabulary::new(&[]).within(&katakana("パリ"), 1.0).is_empty());
}

#[test]
fn no_text_is_too_odd() {
    for odd in ["", "ー", "ッー", "・", "\u{3099}", "ァ", "一", "𠮷野家", "\u{0}", "ﾞﾟ"] {
        if let (Some(sounds), Some(word)) = (Katakana::new(odd), Latin::new("Odd")) {
            assert!(cost(&sounds, &word).is_finite(), "{odd}");
        }
    }
    assert!(Katakana::new(&"ア".repeat(1_000_000)).is_none());
    assert!(Hangul::new(&"한".repeat(1_000_000)).is_none());
    let long = "ヴォ".repeat(32);
    assert!(cost(&katakana(&long), &latin(&"x".repeat(96))).is_finite());
}

proptest::proptest! {
    #[test]
    fn no_pair_within_the_limit_is_lost(kana in "[ァ-ヴー]{1,9}", words in proptest::collection::vec("[a-zçñšüö]{1,10}", 1..12), limit in 0.0..0.9f64) {
        if let Some(sounds) = Katakana::new(&kana) {
            let words: Vec<Latin> = words.iter().filter_map(|word| Latin::new(word)).collect();
            let plain: Vec<(usize, f64)> = words.iter().map(|word| cost(&sounds, word)).enumerate().filter(|&(_, cost)| cost <= limit).collect();
            let limited: Vec<(usize, f64)> = words.iter().enumerate().filter_map(|(place, word)| Some((place, cost_within(&sounds, word, limit)?))).collect();
            proptest::prop_assert_eq!(&limited, &plain);
            proptest::prop_assert_eq!(&Vocabulary::new(&words).within(&sounds, limit), &plain);
        }
    }
}
