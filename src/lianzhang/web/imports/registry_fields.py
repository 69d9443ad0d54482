"""Which fact of the dictionary a field of a table is, and how its words are kept there."""

from __future__ import annotations

from types import MappingProxyType

#: Fields of the table of enterprises and the facts they are kept as. Yearly figures have the fact's own name.
FACTS = MappingProxyType(
    {
        "credit_code": "credit_code",
        "status": "registration_status",
        "county": "county",
        "address": "address",
        "business_scope": "business_scope",
        "organisation_form": "organisation_form",
        "legal_representative": "legal_representative",
        "capital": "registered_capital",
        "founded": "established_on",
        "products": "products",
    }
)
#: The industry is kept as a main code and further ones.
INDUSTRY = "industry"
#: Names beside the registered one, and the kind each is kept as.
NAMES = MappingProxyType({"former_names": "former", "short_names": "short", "english_name": "english"})
CONTACT = ("contact_name", "contact_duty", "contact_phone")
#: Words of tables for the choices of the dictionary.
STATUS = MappingProxyType(
    {"存续": "active", "停业": "suspended", "吊销": "revoked", "注销": "cancelled", "迁出": "moved_out"}
)
STATUS_WORDS = MappingProxyType({kept: word for word, kept in STATUS.items()})
#: Words of lists of titles for what became of one.
TITLE_STATES = MappingProxyType(
    {"有效": "confirmed", "到期": "lapsed", "复核通过": "rechecked", "撤销": "revoked"}
)
TITLE_STATE_WORDS = MappingProxyType({kept: word for word, kept in TITLE_STATES.items()})
#: What joins the parts of an identity.
JOINT = "\x1f"
#: Kinds whose rows are records of an enterprise, and what makes two of them the same record.
IDENTITY = MappingProxyType(
    {
        "titles": ("title", "level", "batch", "awarded"),
        "exports": ("period", "product", "market", "currency"),
        "links": ("supplier", "buyer", "product", "year"),
    }
)
