"""One file per step. None of them imports anything of ours: they tell how things were then."""
