package com.peerllm.orchestrator.admin;

import com.peerllm.orchestrator.payouts.PayoutAudit;
import com.peerllm.orchestrator.payouts.PayoutBatch;
import com.peerllm.orchestrator.payouts.PayoutException;
import com.peerllm.orchestrator.payouts.Payouts;
import com.peerllm.orchestrator.storage.PayoutRows.BatchRow;
import com.peerllm.orchestrator.storage.PayoutRows.LineRow;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Carries out the administration commands about payouts. */
final class PayoutAdministration {
    private static final int MOST_LISTED = 1_000;

    private final Payouts payouts;
    private final InstantSource clock;

    PayoutAdministration(Payouts payouts, InstantSource clock) {
        this.payouts = payouts;
        this.clock = clock;
    }

    Map<String, Object> run(AdminCommand.OfPayouts command, String by) {
        try {
            return carryOut(command, by);
        } catch (PayoutException e) {
            throw new AdminException(kind(e.kind()), e.getMessage());
        }
    }

    private static AdminException.Kind kind(PayoutException.Kind kind) {
        return switch (kind) {
            case INVALID -> AdminException.Kind.INVALID;
            case NOT_FOUND -> AdminException.Kind.NOT_FOUND;
            case CONFLICT -> AdminException.Kind.CONFLICT;
            case UNAVAILABLE -> AdminException.Kind.UNAVAILABLE;
        };
    }

    private Map<String, Object> carryOut(AdminCommand.OfPayouts command, String by) {
        return switch (command) {
            case AdminCommand.ProposePayouts any -> describe(payouts.propose(by));
            case AdminCommand.ListPayouts any ->
                Map.of(
                        "batches",
                        payouts.list(MOST_LISTED).stream()
                                .map(PayoutAdministration::describe)
                                .toList());
            case AdminCommand.ShowPayouts show -> describe(payouts.show(show.batch()));
            case AdminCommand.ApprovePayouts approve -> describe(payouts.approve(approve.batch(), by));
            case AdminCommand.ExportPayouts export -> export(export.batch());
            case AdminCommand.RecordPayouts record -> describe(payouts.record(record.batch(), record.results()));
            case AdminCommand.CancelPayouts cancel -> describe(payouts.cancel(cancel.batch(), by));
            case AdminCommand.SetPayee payee -> set(payee);
        };
    }

    private Map<String, Object> export(long batch) {
        String file = payouts.export(batch);
        Map<String, Object> fields = describe(payouts.show(batch));
        fields.put("file", file);
        return fields;
    }

    private Map<String, Object> set(AdminCommand.SetPayee set) {
        if (!payouts.setPayee(set.account(), set.payee(), clock.millis())) {
            throw new AdminException(AdminException.Kind.CONFLICT, "Something newer is known of " + set.account());
        }
        return Map.of("account", set.account().value(), "payee_set", set.payee().isPresent());
    }

    /** The ledger's audit, and then that of the batches. */
    Map<String, Object> audit(Map<String, Object> ofLedger) {
        PayoutAudit.Report report = payouts.audit();
        ofLedger.put("payout_batches", report.batches());
        ofLedger.put("payouts", report.payouts());
        boolean clean = Boolean.TRUE.equals(ofLedger.get("clean"));
        if (clean) report.fault().ifPresent(fault -> ofLedger.put("fault", fault));
        ofLedger.put("clean", clean && report.fault().isEmpty());
        return ofLedger;
    }

    private Map<String, Object> describe(PayoutBatch.Proposal proposal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("threshold_nanodollars", payouts.rules().threshold().nanoDollars());
        if (proposal.batch().isPresent())
            fields.putAll(describe(proposal.batch().get()));
        else fields.put("payouts", describe(proposal.heldBack()));
        return fields;
    }

    private static Map<String, Object> describe(PayoutBatch batch) {
        Map<String, Object> fields = describe(batch.batch());
        fields.put("payouts", describe(batch.lines()));
        return fields;
    }

    private static Map<String, Object> describe(BatchRow batch) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("batch", batch.number());
        fields.put("state", word(batch.state()));
        fields.put("proposed_at", time(batch.proposedAtMillis()));
        fields.put("proposed_by", batch.proposedBy());
        batch.approvedAtMillis().ifPresent(at -> fields.put("approved_at", time(at)));
        batch.approvedBy().ifPresent(by -> fields.put("approved_by", by));
        batch.exportedAtMillis().ifPresent(at -> fields.put("exported_at", time(at)));
        batch.endedAtMillis().ifPresent(at -> fields.put("ended_at", time(at)));
        return fields;
    }

    private static List<Map<String, Object>> describe(List<LineRow> lines) {
        return lines.stream().map(PayoutAdministration::describe).toList();
    }

    private static Map<String, Object> describe(LineRow line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("payout_id", PayoutBatch.payoutId(line));
        fields.put("account", line.account().value());
        if (line.account().kind().equals("host")) {
            fields.put("pseudonym", new HostId(line.account().name()).pseudonym());
        }
        fields.put("amount_nanodollars", nanos(line.amount()));
        fields.put("state", word(line.state()));
        line.note().ifPresent(note -> fields.put("note", note));
        fields.put("changed_at", time(line.changedAtMillis()));
        return fields;
    }

    private static long nanos(Credits amount) {
        return amount.nanoDollars();
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
