package com.peerllm.desktop.rules;

import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.platform.sensors.Sensors;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.RulesDraft;
import com.peerllm.host.settings.SharingRules;
import com.peerllm.host.settings.SharingRules.Profile;
import com.peerllm.host.settings.SharingRules.Range;
import com.peerllm.host.settings.WeekHours;
import java.time.DayOfWeek;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** What Rules shows and what a person can change there; each change is saved at once. Belongs to the thread of the screens. */
public final class RulesViewModel implements ScreenModel {
    static final int BYTES_OF_A_MEGABYTE = 1_000_000;
    private static final Range MEGABYTES_PER_SECOND = new Range(1, 10_000);
    private static final int FIRST_MEGABYTES = 10;
    private static final int FIRST_MINUTES = 5;
    private static final int FIRST_CELSIUS = 80;

    private final RulesSource source;
    private final Workbench bench;
    private final FxSignals signals;
    private final RulesSaving saving;
    private final RulesWording wording;
    private final ReadOnlyObjectProperty<HostSettings> settings;
    private final ReadOnlyObjectProperty<Availability> availability;

    private final ReadOnlyObjectWrapper<SharingRules> rules = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<WeekHours> hours = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<RulesStatus> status = new ReadOnlyObjectWrapper<>();
    private final EnteredNumber idleMinutes;
    private final EnteredNumber celsius;
    private final EnteredNumber downloads;

    public RulesViewModel(RulesSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        Messages messages = bench.messages();
        signals = new FxSignals(bench.fxThread());
        saving = new RulesSaving(bench.fxThread(), bench.background(), messages, source.changes()::save);
        wording = new RulesWording(messages);
        idleMinutes = new EnteredNumber(
                SharingRules.IDLE_MINUTES,
                FIRST_MINUTES,
                range -> messages.text("rules.idle.problem", range.least(), range.most()),
                minutes -> change(draft -> draft.idleMinutes(minutes)));
        celsius = new EnteredNumber(
                SharingRules.CELSIUS,
                FIRST_CELSIUS,
                range -> messages.text("rules.heat.problem", range.least(), range.most()),
                most -> change(draft -> draft.mostCelsius(most)));
        downloads = new EnteredNumber(
                MEGABYTES_PER_SECOND,
                FIRST_MEGABYTES,
                range -> messages.text("rules.downloads.problem", range.least(), range.most()),
                most -> change(draft -> draft.downloadBytesPerSecond(bytes(most))));
        settings = signals.follow(source.settings());
        availability = signals.follow(source.availability());
        show(settings.get().rules());
        refresh();
        settings.addListener(_ -> adopt());
        availability.addListener(_ -> refresh());
    }

    private static OptionalLong bytes(OptionalInt megabytes) {
        return megabytes.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of((long) megabytes.getAsInt() * BYTES_OF_A_MEGABYTE);
    }

    private static OptionalInt megabytes(OptionalLong bytes) {
        return bytes.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(
                        (int) Math.max(1, Math.min(bytes.getAsLong() / BYTES_OF_A_MEGABYTE, Integer.MAX_VALUE)));
    }

    /** Rules that came from elsewhere, such as the command line. */
    private void adopt() {
        if (!saving.isBusy()) show(settings.get().rules());
        refresh();
    }

    private void show(SharingRules now) {
        rules.set(now);
        hours.set(now.schedule());
        idleMinutes.show(now.idleMinutes());
        celsius.show(now.mostCelsius());
        downloads.show(megabytes(now.downloadBytesPerSecond()));
    }

    private void change(UnaryOperator<RulesDraft> change) {
        become(change.apply(rules.get().edit()).done());
    }

    private void become(SharingRules next) {
        if (next.equals(rules.get())) return;
        show(next);
        saving.save(next);
    }

    @Override
    public void refresh() {
        status.set(wording.of(
                availability.get(),
                source.nextChange().get(),
                settings.get().sharing(),
                bench.clock().instant(),
                source.zone().get()));
    }

    public ReadOnlyObjectProperty<SharingRules> rulesProperty() {
        return rules.getReadOnlyProperty();
    }

    /** The hours as they are painted, before they are saved. */
    public ReadOnlyObjectProperty<WeekHours> hoursProperty() {
        return hours.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<RulesStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** Why the last change could not be saved. */
    public ReadOnlyObjectProperty<Optional<String>> troubleProperty() {
        return saving.troubleProperty();
    }

    public Sensors sensors() {
        return source.sensors();
    }

    EnteredNumber idleMinutes() {
        return idleMinutes;
    }

    EnteredNumber celsius() {
        return celsius;
    }

    EnteredNumber downloads() {
        return downloads;
    }

    /** Takes over everything that the profile says; the hours, the temperature and the downloads stay. */
    public void choose(Profile profile) {
        become(rules.get().as(profile));
    }

    /** Whether a person changed something that the profile says. */
    public boolean isAdjusted() {
        return !rules.get().as(rules.get().profile()).equals(rules.get());
    }

    public void onBattery(boolean allowed) {
        change(draft -> draft.onBattery(allowed));
    }

    public void gpu(boolean allowed) {
        change(draft -> draft.gpu(allowed));
    }

    public void processorPercent(int percent) {
        change(draft -> draft.processorPercent(OptionalInt.of(percent)));
    }

    public void memoryPercent(int percent) {
        change(draft -> draft.memoryPercent(OptionalInt.of(percent)));
    }

    /** Shows the hour so; {@link #painted} saves it. */
    public void paint(DayOfWeek day, int hour, boolean allowed) {
        hours.set(hours.get().with(day, hour, allowed));
    }

    public void painted() {
        change(draft -> draft.schedule(hours.get()));
    }

    public void allHours(WeekHours all) {
        change(draft -> draft.schedule(all));
    }

    /** Allows the whole day, or forbids it when it is allowed whole. */
    public void toggle(DayOfWeek day) {
        boolean allow = IntStream.range(0, WeekHours.HOURS_OF_A_DAY)
                .anyMatch(hour -> !hours.get().allows(day, hour));
        IntStream.range(0, WeekHours.HOURS_OF_A_DAY).forEach(hour -> paint(day, hour, allow));
        painted();
    }

    /** Allows the hour on all days, or forbids it when it is allowed on all. */
    public void toggle(int hour) {
        boolean allow =
                Stream.of(DayOfWeek.values()).anyMatch(day -> !hours.get().allows(day, hour));
        Stream.of(DayOfWeek.values()).forEach(day -> paint(day, hour, allow));
        painted();
    }

    /** Ends a pause or an override. */
    public void followRules() {
        bench.background().execute(source.changes()::followRules);
    }

    @Override
    public void close() {
        signals.close();
    }
}
