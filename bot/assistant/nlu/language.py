"""Which language a message is in: a small classifier on our own wordings, with the conversation as prior.

General detectors fail on texts as short as "phi bao nhieu" or "IRC can gi". Names of zones, codes and
numbers say nothing about the language, so they are taken out before it looks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

from bot.common.text import fold, strip_marks

LANGUAGES = ("vi", "en")
# Log-odds that the conversation so far gives to its own language: it decides "OK", "IRC?", "Nomura", no more.
PRIOR = 1.6
# Small words that hold a sentence together, and how many of them do.
_ENGLISH_FRAME = frozenset((
    "a", "an", "the", "do", "does", "did", "is", "are", "was", "we", "i", "you", "it", "my", "our",
    "can", "could", "should", "must", "have", "has", "need", "of", "to", "for", "and", "or", "in",
    "on", "at", "from", "with", "by", "about", "per", "if", "not", "what", "when", "where", "which",
    "who", "how", "much", "many", "please", "between", "after", "before",
))  # fmt: skip
_VIETNAMESE_FRAME = frozenset((
    "không", "ko", "là", "có", "được", "ở", "và", "của", "thì", "bao", "nhiêu", "như", "thế", "nào",
    "gì", "muốn", "cần", "phải", "các", "với", "mình", "tôi", "bên", "em", "này", "đó", "khi", "để",
    "về", "những", "một", "bị", "đã", "đang", "sẽ", "tại", "từ", "hay", "hoặc", "làm", "cho", "hỏi",
    "ai", "ạ", "vậy", "nhé", "rồi", "mà", "nên", "trong", "chúng", "ta", "bạn",
))  # fmt: skip
_FRAME = 2
_PUNCTUATION = ".,;:?!()\"'“”…"
# Letters that only Vietnamese has among the two; a borrowed "café" is none.
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE)
_MARKED = re.compile(rf"\w*{_VIETNAMESE.pattern}\w*", re.IGNORECASE)
_SCRIPTS = (("ko", "HANGUL"), ("ja", "HIRAGANA"), ("ja", "KATAKANA"), ("zh", "CJK UNIFIED"))
_NEUTRAL = re.compile(r"\S*\d\S*|\b[A-ZĐ]{2,}[A-ZĐ&.-]*\b")
_VECTORISER = HashingVectorizer(
    analyzer="char_wb", ngram_range=(1, 4), n_features=2**15, alternate_sign=False, norm="l2"
)


@dataclass(frozen=True)
class Detected:
    """A message's language ('vi' or 'en') and how sure that is (0.5..1).

    `foreign`: the third language it is written in ('ko', 'ja', 'zh'), None mostly.
    """

    language: str
    confidence: float
    foreign: str | None = None


def foreign_script(text: str) -> str | None:
    """'ko', 'ja' or 'zh' when a good part of the letters is of that language's script, else None."""
    letters = [character for character in text if character.isalpha()]
    names = [unicodedata.name(letter, "") for letter in letters]
    found: dict[str, int] = {}
    for language, script in _SCRIPTS:
        found[language] = found.get(language, 0) + sum(name.startswith(script) for name in names)
    if not letters or sum(found.values()) < max(2, 0.25 * len(letters)):
        return None
    # Japanese mixes kana with Chinese characters, Chinese has no kana.
    return "ja" if found["ja"] and found["ko"] == 0 else max(found, key=lambda language: found[language])


class LanguageIdentifier:
    """Logistic regression over character n-grams of folded words."""

    def __init__(self) -> None:
        self._weights = np.zeros(_VECTORISER.n_features, dtype=np.float32)
        self._bias = 0.0

    def fit(self, texts: Sequence[str], languages: Sequence[str]) -> LanguageIdentifier:
        """Learn from texts and their languages; diacritics are not looked at, a rule of their own does."""
        model = LogisticRegression(C=30.0, max_iter=300, class_weight="balanced")
        model.fit(_features(texts), [language == "vi" for language in languages])
        self._weights, self._bias = model.coef_[0].astype(np.float32), float(model.intercept_[0])
        return self

    def detect(self, text: str, conversation: str | None = None) -> Detected:
        """The language of `text`; `conversation` is the language spoken so far, if any."""
        bare = _NEUTRAL.sub(" ", text)
        # Vietnamese terms within an English sentence are no Vietnamese: "can we submit thẻ tạm trú online?"
        framed = _in_english_frame(bare)
        bare = _MARKED.sub(" ", bare) if framed else bare
        logit = float((_features([bare]) @ self._weights)[0]) + self._bias if bare.strip() else 0.0
        logit += 0.0 if framed else min(3.0 * len(_VIETNAMESE.findall(bare)), 12.0)
        if conversation in LANGUAGES:
            logit += PRIOR if conversation == "vi" else -PRIOR
        probability = 1 / (1 + np.exp(-logit))
        language = "vi" if logit > 0 or (logit == 0 and conversation != "en") else "en"
        return Detected(language, float(max(probability, 1 - probability)))


def _in_english_frame(text: str) -> bool:
    """Whether the small words that hold a sentence together are English ones."""
    words = text.lower().split()
    english = sum(word.strip(_PUNCTUATION) in _ENGLISH_FRAME for word in words)
    vietnamese = sum(word.strip(_PUNCTUATION) in _VIETNAMESE_FRAME for word in words)
    return english >= _FRAME and english > vietnamese


def _features(texts: Sequence[str]) -> csr_matrix:
    return _VECTORISER.transform([strip_marks(fold(text)) for text in texts])
