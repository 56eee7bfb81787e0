package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.PayoutWords.Paid;
import com.peerllm.desktop.earnings.PayoutWords.Sums;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.earnings.PayoutNews;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.payout.PayoutStatement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;

/** Puts a statement of payouts into words. */
final class PayoutWording {
    private static final int MOST_PAYOUTS = 5;

    private final Messages messages;
    private final Numbers numbers;
    private final DateTimeFormatter time;
    private final DateTimeFormatter day;

    PayoutWording(Messages messages, ZoneId zone) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
        time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(messages.locale())
                .withZone(zone);
        day = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(messages.locale())
                .withZone(zone);
    }

    PayoutWords of(PayoutNews news) {
        Optional<PayoutStatement> statement = news.statement();
        return new PayoutWords(
                statement.map(this::sums),
                statement.map(this::next).orElseGet(() -> unknown(news)),
                statement.flatMap(PayoutWording::progress),
                statement.map(told -> messages.text("earnings.payout.asOf", time(told.computedAtMillis()))),
                news.trouble(),
                payee(statement),
                news.networkKnown(),
                news.asking(),
                statement.map(this::payouts).orElse(List.of()));
    }

    private String unknown(PayoutNews news) {
        if (!news.networkKnown()) return messages.text("earnings.payout.noNetwork");
        return news.asking() ? messages.text("earnings.payout.asking") : messages.text("earnings.payout.unknown");
    }

    private Sums sums(PayoutStatement told) {
        return new Sums(
                numbers.money(told.pending()),
                numbers.money(told.mature()),
                numbers.money(told.inTransit()),
                numbers.money(told.paid()));
    }

    private String next(PayoutStatement told) {
        return switch (told.next()) {
            case BLOCKED ->
                messages.text(
                        "earnings.payout.blocked",
                        told.blockedReason().orElseGet(() -> messages.text("earnings.payout.blocked.noReason")));
            case SET_PAYEE -> messages.text("earnings.payout.setPayee");
            case NEXT_BATCH -> messages.text("earnings.payout.nextBatch", numbers.money(told.mature()));
            case WAIT -> waiting(told);
            case EARN_MORE -> messages.text("earnings.payout.earnMore", numbers.money(told.threshold()));
        };
    }

    private String waiting(PayoutStatement told) {
        if (told.maturing().isEmpty()) return messages.text("earnings.payout.wait");
        PayoutStatement.Maturing first = told.maturing().getFirst();
        return messages.text(
                "earnings.payout.wait.until",
                numbers.money(first.amount()),
                day.format(Instant.ofEpochMilli(first.atMillis())));
    }

    private static Optional<Double> progress(PayoutStatement told) {
        Credits threshold = told.threshold();
        boolean counts = told.next() == PayoutStatement.Next.EARN_MORE || told.next() == PayoutStatement.Next.WAIT;
        if (!counts || threshold.nanoDollars() <= 0) return Optional.empty();
        double earned = (double) told.pending().nanoDollars() + told.mature().nanoDollars();
        return Optional.of(Math.clamp(earned / threshold.nanoDollars(), 0, 1));
    }

    private String payee(Optional<PayoutStatement> statement) {
        if (statement.isEmpty()) return messages.text("earnings.payee.unknown");
        return statement
                .get()
                .payeeMethod()
                .map(method -> messages.text("earnings.payee.set", method))
                .orElseGet(() -> messages.text("earnings.payee.notSet"));
    }

    private List<Paid> payouts(PayoutStatement told) {
        return told.payouts().stream()
                .limit(MOST_PAYOUTS)
                .map(payout -> new Paid(
                        day.format(Instant.ofEpochMilli(payout.atMillis())),
                        numbers.money(payout.amount()),
                        switch (payout.state()) {
                            case IN_TRANSIT -> messages.text("earnings.payout.inTransit");
                            case PAID -> messages.text("earnings.payout.paid");
                            case RETURNED -> messages.text("earnings.payout.returned");
                        }))
                .toList();
    }

    private String time(long millis) {
        return time.format(Instant.ofEpochMilli(millis));
    }
}
