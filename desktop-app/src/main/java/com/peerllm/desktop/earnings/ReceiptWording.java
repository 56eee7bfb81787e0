package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.ReceiptDetail.Fact;
import com.peerllm.desktop.earnings.ReceiptDetail.Verdict;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.ledger.Receipt;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts receipts into words. */
final class ReceiptWording {
    private final Messages messages;
    private final Numbers numbers;
    private final DateTimeFormatter time;

    ReceiptWording(Messages messages, ZoneId zone) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
        time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.SHORT)
                .withLocale(messages.locale())
                .withZone(zone);
    }

    ReceiptRow row(int number, StoredReceipt stored) {
        Receipt receipt = stored.receipt();
        boolean verified = stored.status() == StoredReceipt.Status.VERIFIED;
        return new ReceiptRow(
                number,
                time.format(Instant.ofEpochMilli(receipt.settledAtMillis())),
                receipt.model().value(),
                messages.text("earnings.receipt.tokens.short", receipt.promptTokens(), receipt.completionTokens()),
                numbers.money(receipt.hostShare()),
                verified ? ReceiptRow.State.VERIFIED : ReceiptRow.State.DISPUTED,
                verified ? messages.text("earnings.receipt.verified") : messages.text("earnings.receipt.disputed"));
    }

    ReceiptDetail detail(ReceiptRow row, StoredReceipt stored, String json) {
        Receipt receipt = stored.receipt();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(messages.text("earnings.receipt.job"), receipt.job().value()));
        facts.add(new Fact(messages.text("earnings.receipt.network"), receipt.orchestrator()));
        facts.add(new Fact(
                messages.text("earnings.receipt.tokens"),
                messages.text("earnings.receipt.tokens.long", receipt.promptTokens(), receipt.completionTokens())));
        facts.add(new Fact(messages.text("earnings.receipt.charged"), numbers.money(receipt.charged())));
        facts.add(new Fact(
                messages.text("earnings.receipt.shares"),
                messages.text(
                        "earnings.receipt.shares.value",
                        numbers.money(receipt.hostShare()),
                        numbers.money(receipt.networkShare()),
                        numbers.money(receipt.creatorShare()))));
        Optional<Verdict> first = stored.status() == StoredReceipt.Status.VERIFIED
                ? Optional.empty()
                : Optional.of(faults(stored.faults()));
        return new ReceiptDetail(row, facts, first, Optional.empty(), json);
    }

    Verdict verdict(List<String> faults) {
        return faults.isEmpty() ? new Verdict(true, messages.text("earnings.receipt.holds")) : faults(faults);
    }

    private Verdict faults(List<String> faults) {
        return new Verdict(false, messages.text("earnings.receipt.doesNotHold", String.join(". ", faults)));
    }

    Verdict log(Optional<String> missing) {
        return missing.map(fault -> new Verdict(false, messages.text("earnings.receipt.notInLog", fault)))
                .orElseGet(() -> new Verdict(true, messages.text("earnings.receipt.inLog")));
    }
}
