"""The number to call in an emergency, by the country of the system's locale.

The numbers are those that the countries themselves publish; where several lead to help, the one
for an ambulance or for all services that everybody there knows. A country about which there is any
doubt is left out: no number is better than a wrong one. A locale tells where the system
was set up, not where its user is: the words say so.
"""

from uncramp.model.language import tr

_COUNTRIES_OF = {
    "112": (
        "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE "
        "IS LI CH AD MC MD TR GE FO GL AX IN"
    ),
    "911": "US CA MX PR GU VI AS MP CR PA DO UY EC PH",
    "999 or 112": "GB GG JE IM GI",
    "999": "HK MO MY BH",
    "000": "AU CX CC",
    "111": "NZ",
    "119": "JP KR TW",
    "101": "IL",
    "112 or 10177": "ZA",
    "113": "NO",
    "115": "VN",
    "120": "CN",
    "123": "CO",
    "131": "CL",
    "1669": "TH",
    "192": "BR",
    "995": "SG",
    "997": "SA",
    "998": "AE",
}
_NUMBERS = {
    country: number for number, countries in _COUNTRIES_OF.items() for country in countries.split()
}


def emergency_number(locale: str) -> str:
    """Return the number to call, for example "112"; "" where none is known.

    Args:
        locale: the system's, as "de_DE", "en-GB", "zh_Hant_TW" or "C".
    """
    parts = locale.partition(".")[0].partition("@")[0].replace("-", "_").split("_")
    for part in parts[1:]:
        if len(part) == 2 and part.upper() in _NUMBERS:
            return _NUMBERS[part.upper()]
    return ""


def call_text(locale: str) -> str:
    """Return the sentence that says whom to call in an emergency."""
    number = emergency_number(locale)
    if not number:
        return tr("In an emergency call your local emergency number.")
    return tr("In an emergency call {number}. Elsewhere: the local emergency number.").format(
        number=number
    )
