"""Who: organisation, brand, kit settings, roles, governance, units, stakeholders."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from toolkit.country import COUNTRIES, pack
from toolkit.finding import LANGUAGES
from toolkit.language import slug as as_slug
from toolkit.project.facts import Entry, Facts
from toolkit.project.values import (
    Checked,
    Colour,
    Count,
    Day,
    DocumentKey,
    Flag,
    Frequency,
    Level4,
    Many,
    OneOf,
    OrgLevel,
    PhaseKey,
    RoleId,
    RoleIds,
    StakeholderGroup,
    Text,
    Texts,
    Whole,
    wrong,
)


def slug(value: Any) -> str:
    """The project's id: small letters, digits and hyphens."""
    text = str(value).strip()
    if not text or as_slug(text) != text:
        raise wrong("bad-slug", value, near=as_slug(text))
    return text


def currency(value: Any) -> str:
    """A currency as three letters, ISO 4217."""
    code = str(value).strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise wrong("bad-currency", value)
    return code


def country(value: Any) -> str:
    """A country code; YAML 1.1 readers turn ``NO`` into false, so false gets its own message."""
    text = str(value).strip()
    if text.casefold() == "false":
        raise wrong("country-false", value)
    code = "other" if text.casefold() == "other" else text.upper()
    if code not in COUNTRIES:
        raise wrong("bad-option", value, near="", options=", ".join(COUNTRIES))
    return code


def language(value: Any) -> str:
    """One of the five languages."""
    text = str(value).strip().casefold()
    text = {"no": "nb", "nn": "nb", "se": "sv", "dk": "da"}.get(text, text)
    if text not in LANGUAGES:
        raise wrong("bad-option", value, near="", options=", ".join(LANGUAGES))
    return text


Country = Annotated[str, Checked(country, (("enum", COUNTRIES),))]
Language = Annotated[str, Checked(language, (("enum", LANGUAGES),))]
Currency = Annotated[str, Checked(currency, (("type", "string"), ("pattern", "^[A-Z]{3}$")))]
Slug = Annotated[str, Checked(slug, (("type", "string"), ("pattern", "^[a-z0-9-]+$")))]


class Identity(Facts):
    """What the project is called."""

    id: Slug
    name: Text
    short_name: Text = ""
    tagline: Text = ""
    version: Text = ""
    date: Day | None = None
    current_phase: PhaseKey = "p1"
    confidentiality: Annotated[str, OneOf("confidentiality")] = ""
    return_address: Text = ""


class Organisation(Facts):
    """The organisation; its type and currency follow its country unless it says otherwise."""

    name: Text
    country: Country
    language: Language
    type: Annotated[str, OneOf("org_type")] = ""
    output_languages: Annotated[tuple[Language, ...], Many] = ()
    currency: Currency = ""
    service_area: Text = ""
    population: Count | None = None
    partners: Texts = ()

    @model_validator(mode="before")
    @classmethod
    def _by_country(cls, facts: Any) -> Any:
        if not isinstance(facts, dict):
            return facts
        found = pack(str(facts.get("country", "")).strip().upper())
        own = str(facts.get("language", "")).strip()
        given = {
            "type": found.org_type,
            "currency": found.currency,
            "output_languages": own if own in LANGUAGES else "",
        }
        return {key: value for key, value in given.items() if value} | facts


class Branding(Facts):
    """How the documents look."""

    logo: Text = ""
    primary_color: Colour = "#0B4F6C"
    secondary_color: Colour = "#2E8B7F"
    accent_color: Colour = "#E07A1F"
    font: Text = "Calibri"
    footer: Text = ""


class Kit(Facts):
    """Which documents the kit holds, in how many copies, due when; own templates, if any."""

    exclude: tuple[DocumentKey, ...] = ()
    due: dict[DocumentKey, Day] = Field(default_factory=dict)
    copies: dict[DocumentKey, Count] = Field(default_factory=dict)
    templates: Text = ""


class Role(Entry):
    """A role: everywhere in the kit a role stands instead of a person."""

    naming: ClassVar[str] = "title"
    title: Text
    key: Annotated[str, OneOf("r")] = ""
    group: Annotated[str, OneOf("role_group")] = ""
    level: OrgLevel = ""
    person: Text = ""
    email: Text = ""
    phone: Text = ""
    in_huki: Flag = True


class Meeting(Facts):
    """A meeting that comes back."""

    name: Text
    frequency: Frequency = ""
    roles: RoleIds = ()


class Governance(Facts):
    """Who decides, who leads, who takes part."""

    sponsor: RoleId
    leader: RoleId
    benefits_manager: RoleId = ""
    team: RoleIds = ()
    steering_group: RoleIds = ()
    advisory_group: RoleIds = ()
    meeting_rhythm: tuple[Meeting, ...] = ()


class OrganisationUnit(Entry):
    """A unit that takes the service into use."""

    name: Text
    type: Text = ""
    in_pilot: Flag = False
    wave: Whole | None = None
    manager: RoleId = ""
    staff_count: Count | None = None
    user_count: Count | None = None
    pilot_users: Count | None = None


class RelatedProject(Facts):
    """A project whose results can be reused."""

    name: Text
    owner: Text = ""
    description: Text = ""
    reuse: Text = ""
    coordination: Text = ""


class Stakeholder(Entry):
    """Somebody who is affected, and how to involve them."""

    name: Text
    group: StakeholderGroup = ""
    level: OrgLevel = ""
    relation: Text = ""
    affected: Text = ""
    affected_degree: Level4 = ""
    interest: Level4 = ""
    influence: Level4 = ""
    attitude_now: Annotated[str, OneOf("attitude")] = ""
    attitude_wanted: Annotated[str, OneOf("attitude")] = ""
    expectation: Text = ""
    information_need: Text = ""
    involvement: Annotated[str, OneOf("involvement")] = ""
    action: Text = ""
    responsible: RoleId = ""
    frequency: Frequency = ""
