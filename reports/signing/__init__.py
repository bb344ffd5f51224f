"""Fields, signatures and the judgement on signed files: the only room of pyHanko."""
