//! What keeps a store in order: counting, checking, merging doubles, giving room back.
