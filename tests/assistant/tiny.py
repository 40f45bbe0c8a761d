"""A registry, wordings and an embedder small enough to learn from in a second."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from bot.assistant.nlu.examples import Example, from_label
from bot.assistant.nlu.records import Record, Text
from bot.common.embedder import DIMENSION, Vectors
from bot.common.text import fold

LABELS: dict[tuple[str, str], tuple[str, ...]] = {
    ("greet", "vi"): ("xin chào trợ lý", "chào buổi chiều nhé", "kính chào quý ban"),
    ("greet", "en"): ("hello assistant", "good afternoon to you", "hey, anybody here"),
    ("thanks", "vi"): ("cảm ơn nhiều nha", "đội ơn trợ lý"),
    ("thanks", "en"): ("thanks a million", "many thanks indeed"),
    ("off_topic", "vi"): ("nấu bún cá thế nào", "hát một bài đi", "đội nào vô địch giải bóng"),
    ("off_topic", "en"): ("how do I cook noodles", "sing a song", "which team won the cup"),
    ("list_zones", "vi"): ("liệt kê mọi khu công nghiệp", "kể tên các khu đi"),
    ("list_zones", "en"): ("list every industrial park", "name all the zones"),
    ("compare_zones", "vi"): ("so sánh {zone} với {zone}", "đặt {zone} cạnh {zone}"),
    ("compare_zones", "en"): ("compare {zone} with {zone}", "put {zone} next to {zone}"),
    ("ask_procedure/any.fee", "vi"): ("lệ phí {procedure} hết mấy", "{procedure} tốn lệ phí bao nhiêu"),
    ("ask_procedure/any.fee", "en"): ("what fee is due for {procedure}", "{procedure} fee amount"),
    ("ask_procedure/any.time", "vi"): ("làm {procedure} chờ mấy ngày", "{procedure} bao lâu thì xong"),
    ("ask_procedure/any.time", "en"): ("days needed for {procedure}", "{procedure} takes how long"),
    ("ask_procedure/any.documents", "vi"): ("hồ sơ {procedure} có giấy tờ gì", "{procedure} cần giấy tờ nào"),
    ("ask_procedure/any.documents", "en"): ("papers to file for {procedure}", "{procedure}: which papers"),
    ("ask_procedure/any", "vi"): ("cho biết về {procedure}", "{procedure} là sao"),
    ("ask_procedure/any", "en"): ("tell me about {procedure}", "{procedure} explained"),
    ("ask_zone/any.rent", "vi"): ("giá thuê đất {zone} ra sao", "thuê đất ở {zone} giá mấy"),
    ("ask_zone/any.rent", "en"): ("land rent at {zone}", "price to rent land in {zone}"),
    ("ask_zone/any.area", "vi"): ("{zone} rộng mấy héc ta", "diện tích của {zone}"),
    ("ask_zone/any.area", "en"): ("size of {zone} in hectares", "area of {zone}"),
    ("ask_faq/faq-wage", "vi"): ("trả lương thấp nhất là mấy đồng", "mức lương tối thiểu cho thợ"),
    ("ask_faq/faq-wage", "en"): ("lowest salary allowed for workers", "minimum pay for staff"),
    ("follow_up/any.fee", "vi"): ("thế lệ phí thì sao", "phí nữa"),
    ("follow_up/any.fee", "en"): ("and the fee then", "its fee as well"),
}  # fmt: skip
EXAMPLES: list[Example] = [
    from_label(text, label, language) for (label, language), texts in LABELS.items() for text in texts
]
# There are so few wordings that each is learned with either procedure besides.
_PROCEDURES = {
    "work_permit": {"vi": "Giấy phép lao động", "en": "Work permit"},
    "fire_check": {"vi": "Thẩm duyệt phòng cháy", "en": "Fire safety appraisal"},
}
EXAMPLES += [
    from_label(text.replace("{procedure}", name[language]), label.replace("/any", f"/{procedure}"), language)
    for (label, language), texts in LABELS.items()
    for text in texts
    for procedure, name in _PROCEDURES.items()
    if "{procedure}" in text
]


def record(
    name: str,
    kind: str,
    vietnamese: str,
    english: str,
    aliases: Sequence[str] = (),
    related: Sequence[str] = (),
) -> Record:
    """A record with its names as texts."""
    role = "question" if kind == "faq" else "name"
    texts = (Text(vietnamese, "vi", role), Text(english, "en", role))
    return Record(
        name,
        kind,
        {"vi": vietnamese, "en": english},
        tuple(aliases),
        texts=texts,
        related=tuple(related),
    )


RECORDS = [
    record("work_permit", "procedure", "Giấy phép lao động", "Work permit", ["GPLĐ"]),
    record("fire_check", "procedure", "Thẩm duyệt phòng cháy", "Fire safety appraisal"),
    record("ip-nomura", "zone", "KCN Nomura - Hải Phòng", "Nomura Industrial Park", ["Nomura"]),
    record("ip-trang-due", "zone", "KCN Tràng Duệ", "Trang Due Industrial Park", ["Tràng Duệ"]),
    record("ip-deep-c-1", "zone", "KCN Đình Vũ", "Dinh Vu Industrial Park", ["DEEP C"]),
    record("ip-deep-c-2", "zone", "KCN Đình Vũ II", "Dinh Vu II Industrial Park", ["DEEP C"]),
    record("ez-south", "zone", "KKT Duyên hải phía Nam", "Southern coastal economic zone"),
    record("cit-ez", "incentive", "Ưu đãi thuế trong khu kinh tế", "Tax incentive in the economic zone"),
    record(
        "faq-wage", "faq", "Lương tối thiểu vùng áp dụng ra sao?", "Which minimum wage applies?",
        related=["work_permit"],
    ),
    record("stat-kyocera", "statistic", "Dự án Kyocera tại Nomura", "Kyocera project in Nomura", ["Kyocera"]),
]  # fmt: skip


def embed(texts: Sequence[str]) -> Vectors:
    """Stand-in for meaning: folded letters in threes, hashed; unit rows, shape (len(texts), 384)."""
    rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        padded = f" {fold(text)} "
        for at in range(len(padded) - 2):
            row[zlib.crc32(padded[at : at + 3].encode()) % DIMENSION] += 1.0
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
