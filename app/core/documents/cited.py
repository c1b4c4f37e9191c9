"""How a document cites: the title of a law in its marks, the number of an issued paper as it is."""

from __future__ import annotations

FULL = {"刑诉法解释": "最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释"}  # where the law data shorten a title


def cited(law: str, article: str, *, full: bool = False) -> str:
    """《刑法》第七十八条, 《刑事诉讼法》（2018）第一百零五条, 法释〔2016〕23号第七条; `full` shortens no title."""
    title, edition, rest = law.partition("（")
    if "〔" in title or "号" in title:
        return f"{law}{article}"
    return f"《{FULL.get(title, title) if full else title}》{edition}{rest}{article}"
