"""What is sought is found as people write it."""

import pytest

from equipment.folding import fold, wanted


@pytest.mark.sop("3.4")
def test_words_are_folded_and_a_word_with_signs_is_found_whole_and_in_parts():
    assert fold("Cámara SN-12/A") == "camara sn 12 a sn12a"


def test_what_is_sought_is_the_beginning_of_words_and_holds_no_sign_that_searches_otherwise():
    assert wanted("Cám sn-12 & !") == "cam:* & sn12:*"
    assert wanted("'|") == ""
