"""`certificates`: prepare, approve, issue, deliver, annul, replace, state; signatures of the school."""

from __future__ import annotations

import argparse

from eic_tracker.commands.answers import authorisation
from eic_tracker.commands.figures import print_json
from eic_tracker.commands.opening import ask_password, opened
from eic_tracker.domain.codes import AnnulmentGround, CertificateKind, KeyEnd, KeyTitle, Role
from eic_tracker.errors import UserError
from eic_tracker.i18n import N_, Translator
from eic_tracker.services.annulling import AnnulmentDraft, revoke_certificate
from eic_tracker.services.certificates import Batch, approve_certificates, approve_prepared, prepare_certificates
from eic_tracker.services.delivering import (
    Delivered,
    DeliveryDraft,
    ProxyDraft,
    deliver_certificate,
    deliver_certificates,
    uncollected,
)
from eic_tracker.services.issuing import print_certificates, print_papers
from eic_tracker.services.letters import SourceDraft
from eic_tracker.services.replacing import DuplicateDraft, prepare_duplicate, spoil_sheet
from eic_tracker.services.signing_keys import (
    SignatureDraft,
    SignatureEnd,
    change_passphrase,
    end_signature,
    hand_over_signature,
    make_signature,
    signature_card,
)
from eic_tracker.services.statements import (
    StatementDraft,
    person_of_enrolment,
    prepare_instructor_certificates,
    prepare_statement,
    prepare_transcript,
)
from eic_tracker.services.withdrawing import withdraw_prepared
from eic_tracker.store.files import write_bytes


def prepare(args: argparse.Namespace, t: Translator) -> int:
    """Prepare the certificates of an offering."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        if args.kind == CertificateKind.INSTRUCTOR:
            if args.ceremony is not None:
                raise UserError(N_("Certificates of instructors are dated to the last day of the course."))
            batch = prepare_instructor_certificates(file.db, acting, args.offering)
        else:
            kind = CertificateKind(args.kind)
            batch = prepare_certificates(file.db, acting, args.offering, ceremony=args.ceremony, kind=kind)
    _say_prepared(batch, t)
    return 0


def approve(args: argparse.Namespace, t: Translator) -> int:
    """Approve prepared certificates, by offering or by their keys."""
    _one_of(args)
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        phrase = file.passphrase(acting)
        if args.id:
            numbers = approve_prepared(file.db, acting, args.id, t=t, passphrase=phrase).numbers
            for number in numbers:
                print(number)
            return 0
        batch = approve_certificates(file.db, acting, args.offering, t=t, passphrase=phrase)
    print(
        t.plural(
            "{count} certificate of {offering} approved.",
            "{count} certificates of {offering} approved.",
            batch.count,
            offering=batch.offering,
        )
    )
    return 0


def issue(args: argparse.Namespace, t: Translator) -> int:
    """Write approved certificates as PDF."""
    _one_of(args)
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        if args.id:
            written = print_papers(file.db, acting, args.id, args.out, t=t)
        else:
            written = print_certificates(file.db, acting, args.offering, args.out, t=t, merge=args.merge)
    for path in written:
        print(path)
    return 0


def statement(args: argparse.Namespace, t: Translator) -> int:
    """Prepare a statement or transcript."""
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        draft = StatementDraft(
            person_of_enrolment(file.db, acting, args.enrolment),
            None if args.all else args.enrolment,
            args.with_grades,
            args.purpose,
            args.asked_by,
            args.valid_to,
        )
        made = (prepare_transcript if args.all else prepare_statement)(file.db, acting, draft)
    if args.json:
        print_json({"id": made.id, "entry": made.set_id})
    else:
        print(t("Prepared with the number {id} for “approve --id” and “issue --id”.", id=made.id))
    return 0


def duplicate(args: argparse.Namespace, t: Translator) -> int:
    """Prepare a duplicate."""
    with opened(args, t) as file:
        document = SourceDraft(args.document, args.document_date, args.document_from)
        draft = DuplicateDraft(args.number, AnnulmentGround(args.cause), document)
        made = prepare_duplicate(file.db, file.writer(Role.REGISTRAR), draft)
    if args.json:
        print_json({"id": made.id, "first": made.first, "entry": made.set_id})
    else:
        print(t("Prepared with the number {id} for “approve --id” and “issue --id”.", id=made.id))
    return 0


def deliver(args: argparse.Namespace, t: Translator) -> int:
    """Note a delivery."""
    if (args.offering is None) == (args.number is None):
        raise UserError(N_("Say what was delivered: --offering CODE, or --number NUMBER."))
    with opened(args, t) as file:
        acting = file.writer(Role.REGISTRAR)
        if args.number is not None:
            letter = SourceDraft(args.letter, args.on) if args.letter else None
            done = deliver_certificate(file.db, acting, ProxyDraft(args.number, args.on, args.to, letter))
        else:
            done = deliver_certificates(file.db, acting, DeliveryDraft(args.offering, args.on, args.exceptions))
    if args.json:
        print_json(
            {
                "delivered": list(done.numbers),
                "waiting": list(done.waiting),
                "claims_until": done.claims_until.isoformat(),
                "entry": done.set_id,
            }
        )
        return 0
    _say_delivered(done, t)
    return 0


def show_uncollected(args: argparse.Namespace, t: Translator) -> int:
    """Show certificates that nobody collected."""
    with opened(args, t) as file:
        rows = uncollected(file.db, file.known_reader(), args.offering)
    if args.json:
        print_json(
            [
                {
                    "number": row.number,
                    "name": row.name,
                    "kind": row.kind,
                    "offering": row.offering,
                    "dated": row.dated.isoformat(),
                }
                for row in rows
            ]
        )
        return 0
    for row in rows:
        print(f"{row.number}  {t.date(row.dated)}  {row.offering or ''}  {row.name}")
    return 0


def revoke(args: argparse.Namespace, t: Translator) -> int:
    """Annul a certificate."""
    with opened(args, t) as file:
        draft = AnnulmentDraft(
            args.number, args.reason, authorisation(args.authorised_by), AnnulmentGround(args.ground)
        )
        done = revoke_certificate(file.db, file.writer(Role.MANAGER), draft)
    if args.json:
        print_json({"number": done.number, "delivered": done.delivered, "entry": done.set_id})
        return 0
    print(t("Certificate {number} is annulled; its number stays taken.", number=done.number))
    if done.delivered:
        print(t("It was delivered: ask for the paper back."))
    return 0


def spoil(args: argparse.Namespace, t: Translator) -> int:
    """Note a spoiled sheet."""
    with opened(args, t) as file:
        spoil_sheet(file.db, file.writer(Role.REGISTRAR), args.number, args.sheet)
    print(t("Sheet {serial} is noted as spoiled under {number}.", serial=args.sheet, number=args.number))
    return 0


def withdraw(args: argparse.Namespace, t: Translator) -> int:
    """Take back prepared certificates."""
    with opened(args, t) as file:
        count = withdraw_prepared(file.db, file.writer(Role.REGISTRAR), args.id)
    print(t.plural("{count} certificate taken back.", "{count} certificates taken back.", count))
    return 0


def show_signatures(args: argparse.Namespace, t: Translator) -> int:
    """Show the signatures of the school; status 1 where none is active."""
    with opened(args, t) as file:
        card = signature_card(file.db, file.known_reader())
    active, ended, open_end = t("active"), t("ended"), t("until it is handed over")
    for row in card.active:
        until = t.date(row.valid_to) if row.valid_to else open_end
        print(f"{row.id}  {row.holder}  {row.fingerprint}  {active}  {until}")
    for row in card.ended:
        last = t.date(row.valid_to) if row.valid_to else ""
        print(f"{row.id}  {row.holder}  {row.fingerprint}  {ended}  {last}")
    if not card.active:
        print(t("The school has no active signature."))
    return int(not card.active)


def make(args: argparse.Namespace, t: Translator) -> int:
    """Make one's own signature."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        made = make_signature(file.db, acting, _signature(args, KeyTitle(args.title), t))
    print(t("The signature is made. Its code: {code}", code=made.fingerprint))
    return 0


def hand_over(args: argparse.Namespace, t: Translator) -> int:
    """Become the titular and print the act."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        draft = _signature(args, KeyTitle.TITULAR, t)
        done = hand_over_signature(file.db, acting, draft, authorisation(args.authorised_by), t=t)
    if args.out is None:
        print(done.act)
    else:
        write_bytes(args.out, f"{done.act}\n".encode())
        print(args.out)
    return 0


def passphrase(args: argparse.Namespace, t: Translator) -> int:
    """Choose another passphrase."""
    with opened(args, t) as file:
        acting = file.writer(Role.MANAGER)
        present = ask_password(t("Passphrase of {login}:", login=acting.login))
        new, again = _new_passphrase(t)
        change_passphrase(file.db, acting, present, new, again)
    print(t("The passphrase is changed."))
    return 0


def end(args: argparse.Namespace, t: Translator) -> int:
    """Say that a signature is lost or stolen."""
    with opened(args, t) as file:
        end_signature(file.db, file.writer(Role.MANAGER), SignatureEnd(args.id, KeyEnd(args.ended), args.reason))
    print(t("The signature has ended. Give the new list of annulled certificates to whoever checks them."))
    return 0


def _signature(args: argparse.Namespace, title: KeyTitle, t: Translator) -> SignatureDraft:
    new, again = _new_passphrase(t)
    return SignatureDraft(title, new, again, args.valid_from, args.valid_to)


def _new_passphrase(t: Translator) -> tuple[str, str]:
    return ask_password(t("New passphrase:")), ask_password(t("The new passphrase once more:"))


def _one_of(args: argparse.Namespace) -> None:
    if (args.offering is None) == (not args.id):
        raise UserError(N_("Say which certificates: --offering CODE, or --id ID."))


def _say_prepared(batch: Batch, t: Translator) -> None:
    print(
        t.plural(
            "{count} certificate of {offering} prepared.",
            "{count} certificates of {offering} prepared.",
            batch.count,
            offering=batch.offering,
        )
    )


def _say_delivered(done: Delivered, t: Translator) -> None:
    print(
        t.plural(
            "{count} certificate delivered; errors can be claimed until {day}.",
            "{count} certificates delivered; errors can be claimed until {day}.",
            len(done.numbers),
            day=t.date(done.claims_until),
        )
    )
    if done.waiting:
        print(t("Not collected: {numbers}", numbers=", ".join(done.waiting)))
