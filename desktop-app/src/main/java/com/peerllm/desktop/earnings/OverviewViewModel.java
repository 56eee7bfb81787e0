package com.peerllm.desktop.earnings;

import com.peerllm.desktop.earnings.Overview.Span;
import com.peerllm.desktop.toolkit.Errand;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.earnings.EarningsChart;
import com.peerllm.host.earnings.EarningsChart.Period;
import com.peerllm.host.earnings.ElectricityBill;
import com.peerllm.host.settings.Electricity;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.EarnedHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Earnings over time and their electricity. All of it belongs to the thread of the screens. */
public final class OverviewViewModel implements ScreenModel {
    private final EarningsSource source;
    private final Workbench bench;
    private final Messages messages;
    private final Errand reading;
    private final Errand saving;
    private final OverviewWording wording;
    private final FxSignals signals;
    private final ReadOnlyObjectProperty<HostSettings> settings;
    private final ObjectProperty<Span> span = new SimpleObjectProperty<>(Span.WEEK);
    private final ReadOnlyObjectWrapper<Overview> overview = new ReadOnlyObjectWrapper<>();
    private final StringProperty watts = new SimpleStringProperty("");
    private final StringProperty price = new SimpleStringProperty("");

    private Read read = new Read(List.of(), new TreeMap<>(), false);
    private Instant readAt = Instant.EPOCH;

    /** What came from the disk. */
    private record Read(List<EarnedHour> hours, SortedMap<LocalDate, Duration> computing, boolean everEarned) {}

    OverviewViewModel(EarningsSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        messages = bench.messages();
        reading = new Errand(bench);
        saving = new Errand(bench);
        wording = new OverviewWording(bench.messages(), source.zone());
        signals = new FxSignals(bench.fxThread());
        settings = signals.follow(source.settings());
        settings.map(HostSettings::electricity).subscribe(this::showElectricity);
        span.addListener(change -> show());
        signals.follow(source.earnings()).addListener(change -> readAgain());
        show();
        readAgain();
    }

    public ObjectProperty<Span> spanProperty() {
        return span;
    }

    public ReadOnlyObjectProperty<Overview> overviewProperty() {
        return overview.getReadOnlyProperty();
    }

    /** Why the receipts could not be read. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return reading.troubleProperty();
    }

    /** What is typed as the computer's watts. */
    public StringProperty wattsProperty() {
        return watts;
    }

    /** What is typed as the price of a kilowatt hour in dollars. */
    public StringProperty priceProperty() {
        return price;
    }

    public ReadOnlyObjectProperty<Optional<String>> electricityTroubleProperty() {
        return saving.troubleProperty();
    }

    /** Keeps what was typed; an empty field means that it is not known. */
    public void saveElectricity() {
        Optional<Electricity> typed = typed();
        if (typed.isEmpty()) saving.refuse(messages.text("earnings.electricity.wrong"));
        else saving.run(() -> source.receipts().setElectricity(typed.get()));
    }

    private Optional<Electricity> typed() {
        try {
            String wattsText = watts.get().strip();
            // Many write their decimals with a comma.
            String priceText = price.get().strip().replace(',', '.').replaceFirst("^\\$", "");
            return Optional.of(new Electricity(
                    wattsText.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(wattsText)),
                    priceText.isEmpty() ? Optional.empty() : Optional.of(priceText)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void showElectricity(Electricity electricity) {
        watts.set(
                electricity.watts().isPresent()
                        ? Integer.toString(electricity.watts().getAsInt())
                        : "");
        price.set(electricity.pricePerKilowattHour().orElse(""));
        if (overview.get() != null) show();
    }

    private void readAgain() {
        Instant now = bench.clock().instant();
        readAt = now;
        reading.ask(
                () -> new Read(
                        source.receipts().hours(Period.MONTH.from(now)),
                        source.receipts().computing(),
                        source.receipts().count() > 0),
                found -> {
                    read = found;
                    show();
                });
    }

    private void show() {
        Instant now = bench.clock().instant();
        Period period = switch (span.get()) {
            case TODAY -> Period.TODAY;
            case WEEK -> Period.WEEK;
            case MONTH -> Period.MONTH;
        };
        EarningsChart chart = EarningsChart.of(read.hours(), period, now);
        ElectricityBill bill = ElectricityBill.of(settings.get().electricity(), read.computing(), chart);
        overview.set(wording.of(chart, bill, read.everEarned(), now));
    }

    /** A new day has begun, or the computing time of the last minutes came. */
    @Override
    public void refresh() {
        Instant now = bench.clock().instant();
        boolean newDay = !day(now).equals(day(readAt));
        if (newDay || Duration.between(readAt, now).compareTo(Duration.ofMinutes(5)) > 0) readAgain();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    @Override
    public void close() {
        signals.close();
    }
}
