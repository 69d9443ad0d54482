"""The facts of the dictionary that the registry itself knows by name: what every list and profile begins with."""

from __future__ import annotations

CREDIT_CODE = "credit_code"
STATUS = "status"
COUNTY = "county"
ADDRESS = "address"
INDUSTRY_CODES = "industry_codes"
BUSINESS_SCOPE = "business_scope"
REGISTERED_CAPITAL = "registered_capital"
FOUNDED = "founded"
PRODUCTS = "products"

#: In the order of the profile.
BASE_FACTS = (
    CREDIT_CODE,
    STATUS,
    COUNTY,
    ADDRESS,
    INDUSTRY_CODES,
    PRODUCTS,
    BUSINESS_SCOPE,
    REGISTERED_CAPITAL,
    FOUNDED,
)
#: Facts repeated in the columns of `Enterprise` for lists and filters.
LISTED_FACTS = (CREDIT_CODE, STATUS, COUNTY, INDUSTRY_CODES, PRODUCTS)
