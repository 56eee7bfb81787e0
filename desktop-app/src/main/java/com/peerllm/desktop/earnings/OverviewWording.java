package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.Overview.Bar;
import com.peerllm.desktop.earnings.Overview.OfModel;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.earnings.EarningsChart;
import com.peerllm.host.earnings.EarningsChart.Period;
import com.peerllm.host.earnings.ElectricityBill;
import com.peerllm.shared.money.Credits;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;

/** Puts a chart and its electricity into words; what is not known is said and never becomes a zero. */
final class OverviewWording {
    private final Messages messages;
    private final Numbers numbers;
    private final ZoneId zone;
    private final DateTimeFormatter day;
    private final DateTimeFormatter shortDay;
    private final DateTimeFormatter hour;

    OverviewWording(Messages messages, ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
        numbers = new Numbers(messages.locale());
        // Days are the ledger's; hours are told by the clock on the wall.
        day = DateTimeFormatter.ofPattern(messages.text("earnings.format.day"), messages.locale())
                .withZone(ZoneOffset.UTC);
        shortDay = DateTimeFormatter.ofPattern(messages.text("earnings.format.shortDay"), messages.locale())
                .withZone(ZoneOffset.UTC);
        hour = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(messages.locale())
                .withZone(zone);
    }

    Overview of(EarningsChart chart, ElectricityBill bill, boolean everEarned, Instant now) {
        long most = chart.bars().stream()
                .mapToLong(bar -> bar.sum().earned().nanoDollars())
                .max()
                .orElse(0);
        Earnings.Sum total = chart.total();
        return new Overview(
                !everEarned,
                total.answers() == 0 ? messages.text("earnings.total.none") : numbers.money(total.earned()),
                total.answers() == 0
                        ? (everEarned
                                ? messages.text("earnings.total.none.note")
                                : messages.text("earnings.empty.note"))
                        : messages.text("earnings.total.note", total.answers()),
                electricity(bill),
                net(total, bill),
                disputed(chart.disputed()),
                chart.bars().stream().map(bar -> bar(bar, chart.period(), most)).toList(),
                most == 0 ? "" : numbers.money(new Credits(most)),
                models(chart),
                messages.text("earnings.days", hour.format(chart.period().from(now))));
    }

    private Bar bar(EarningsChart.Bar bar, Period period, long most) {
        boolean hours = period == Period.TODAY;
        String when = hours
                ? messages.text("earnings.bar.hours", hour.format(bar.from()), hour.format(bar.until()))
                : day.format(bar.from());
        String sentence = bar.sum().answers() == 0
                ? messages.text("earnings.bar.none", when)
                : messages.text(
                        "earnings.bar",
                        when,
                        numbers.money(bar.sum().earned()),
                        bar.sum().answers());
        return new Bar(
                most == 0 ? 0 : (double) bar.sum().earned().nanoDollars() / most,
                hours ? hour.format(bar.from()) : shortDay.format(bar.from()),
                sentence);
    }

    private List<OfModel> models(EarningsChart chart) {
        long total = chart.total().earned().nanoDollars();
        return chart.byModel().entrySet().stream()
                .map(entry -> new OfModel(
                        entry.getKey(),
                        numbers.money(entry.getValue().earned()),
                        messages.text("earnings.model.answers", entry.getValue().answers()),
                        total == 0 ? 0 : (double) entry.getValue().earned().nanoDollars() / total))
                .toList();
    }

    private String electricity(ElectricityBill bill) {
        return switch (bill) {
            case ElectricityBill.Known known ->
                messages.text("earnings.electricity.cost", numbers.money(known.cost()), duration(known.computing()));
            case ElectricityBill.NotKnown(var reason) ->
                switch (reason) {
                    case NO_WATTS -> messages.text("earnings.electricity.noWatts");
                    case NO_PRICE -> messages.text("earnings.electricity.noPrice");
                    case NOT_MEASURED -> messages.text("earnings.electricity.notMeasured");
                    case ABSURD -> messages.text("earnings.electricity.absurd");
                };
        };
    }

    private String duration(Duration computing) {
        if (computing.toMinutes() == 0) return messages.text("earnings.duration.seconds", computing.toSeconds());
        return computing.toHours() == 0
                ? messages.text("earnings.duration.minutes", computing.toMinutes())
                : messages.text("earnings.duration.hours", computing.toHours(), computing.toMinutesPart());
    }

    private String net(Earnings.Sum total, ElectricityBill bill) {
        if (!(bill instanceof ElectricityBill.Known known)) return messages.text("earnings.net.unknown");
        return numbers.money(total.earned().minus(known.cost()));
    }

    private Optional<String> disputed(Earnings.Sum disputed) {
        return disputed.answers() == 0
                ? Optional.empty()
                : Optional.of(messages.text("earnings.disputed", disputed.answers()));
    }
}
