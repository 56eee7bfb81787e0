package com.peerllm.desktop.home;

import com.peerllm.desktop.home.HomeFacts.Switching;
import com.peerllm.desktop.toolkit.FxSignals;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Room;
import com.peerllm.desktop.toolkit.ScreenModel;
import com.peerllm.desktop.toolkit.Times;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.Work;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Home shows and what a person can do there. All of it belongs to the thread of the screens. */
public final class HomeViewModel implements ScreenModel {
    private static final Logger log = LoggerFactory.getLogger(HomeViewModel.class);

    /** When a day begins for who pauses until tomorrow. */
    private static final int MORNING = 6;

    private final HomeSource source;
    private final InstantSource clock;
    private final FxSignals signals;
    private final SharingSwitch sharing;
    private final Messages messages;
    private final StatusWording statusWording;
    private final FiguresWording figuresWording;
    private final TokenRate tokenRate = new TokenRate();
    private final Times times;
    private final Workbench bench;

    private final ReadOnlyObjectProperty<List<String>> offered;
    private final ReadOnlyObjectProperty<HostSettings> settings;
    private final ReadOnlyObjectProperty<SessionState> session;
    private final ReadOnlyObjectProperty<EngineState> engine;
    private final ReadOnlyObjectProperty<Earnings> earnings;
    private final ReadOnlyObjectProperty<Boolean> wanted;
    private final ReadOnlyObjectProperty<Availability> availability;
    private final ReadOnlyObjectProperty<Optional<HomeSource.Standing>> standing;

    private final ReadOnlyObjectProperty<Optional<String>> trouble;

    private final ReadOnlyObjectWrapper<HomeStatus> status = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<HomeFigures> figures = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<HomeChoices> choices = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper networkKnown = new ReadOnlyBooleanWrapper();
    private final StringProperty address = new SimpleStringProperty("");

    public HomeViewModel(HomeSource source, Workbench bench) {
        this.source = source;
        this.bench = bench;
        this.clock = bench.clock();
        this.messages = bench.messages();
        signals = new FxSignals(bench.fxThread());
        sharing = new SharingSwitch(bench.fxThread(), bench.background(), messages, this::refresh);
        times = new Times(messages.locale(), source.zone());
        statusWording = new StatusWording(messages, times);
        figuresWording = new FiguresWording(messages);
        offered = signals.follow(source.offered());
        settings = signals.follow(source.settings());
        session = signals.follow(source.session());
        engine = signals.follow(source.engine());
        earnings = signals.follow(source.earnings());
        wanted = signals.follow(source.wanted());
        availability = signals.follow(source.availability());
        standing = signals.follow(source.standing());
        trouble = signals.follow(source.trouble());
        settings.map(HostSettings::orchestrator).subscribe(known -> known.ifPresent(address::set));
        refresh();
        offered.addListener(change -> refresh());
        settings.addListener(change -> refresh());
        session.addListener(change -> refresh());
        engine.addListener(change -> refresh());
        earnings.addListener(change -> refresh());
        wanted.addListener(change -> refresh());
        availability.addListener(change -> refresh());
        standing.addListener(change -> refresh());
        trouble.addListener(change -> refresh());
    }

    public String pseudonym() {
        return source.pseudonym();
    }

    public ReadOnlyObjectProperty<HomeStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<HomeFigures> figuresProperty() {
        return figures.getReadOnlyProperty();
    }

    /** What the person types as the network's address; it is kept when sharing starts. */
    public StringProperty addressProperty() {
        return address;
    }

    /** Whether the address of a network is known; it is changed in the settings then. */
    public ReadOnlyBooleanProperty networkKnownProperty() {
        return networkKnown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<HomeChoices> choicesProperty() {
        return choices.getReadOnlyProperty();
    }

    @Override
    public void refresh() {
        Instant now = clock.instant();
        Work work = source.work().get();
        tokenRate.note(now, work.completionTokens());
        status.set(statusWording.of(new HomeFacts(
                settings.get().orchestrator().isPresent(),
                wanted.get(),
                availability.get(),
                session.get(),
                engine.get(),
                work.answersRunning(),
                sharing.switching(),
                sharing.trouble().or(trouble::get),
                now)));
        figures.set(figuresWording.of(new FiguresWording.Facts(
                offered.get(),
                session.get(),
                engine.get(),
                earnings.get(),
                work,
                tokenRate.perSecond(),
                standing.get(),
                now)));
        networkKnown.set(settings.get().orchestrator().isPresent());
        choices.set(
                HomeChoices.of(wanted.get(), availability.get(), status.get().action()));
    }

    /** Does what the big button says. */
    public void act() {
        switch (status.get().action()) {
            case START, TRY_AGAIN -> {
                String typed = address.get().strip();
                if (typed.isEmpty()) sharing.refuse(messages.text("home.address.missing"));
                else sharing.turn(Switching.ON, () -> source.sharing().start(typed));
            }
            case STOP -> stop();
            case RESUME -> followRules();
            case NONE -> log.debug("The button was pressed while sharing is being stopped");
        }
    }

    /** What the tray's one item does: pauses what is shared or on its way there, and else brings sharing about. */
    public void toggle() {
        switch (status.get().action()) {
            case STOP -> pauseUntilResumed();
            case START, TRY_AGAIN, RESUME -> act();
            case NONE -> log.debug("The tray was used while sharing is being stopped");
        }
    }

    /** Gives sharing up until the person wants it again. */
    public void stop() {
        sharing.turn(Switching.OFF, source.sharing()::stop);
    }

    public void pauseFor(Duration time) {
        pauseUntil(Optional.of(clock.instant().plus(time)));
    }

    public void pauseUntilTomorrow() {
        pauseUntil(Optional.of(times.tomorrowAt(MORNING, clock.instant())));
    }

    public void pauseUntilResumed() {
        pauseUntil(Optional.empty());
    }

    private void pauseUntil(Optional<Instant> end) {
        bench.background().execute(() -> source.pauses().pauseUntil(end));
    }

    /** Shares for a while, whatever the rules say. */
    public void shareAnywayFor(Duration time) {
        shareAnywayUntil(clock.instant().plus(time));
    }

    public void shareAnywayUntilTomorrow() {
        shareAnywayUntil(times.tomorrowAt(MORNING, clock.instant()));
    }

    private void shareAnywayUntil(Instant end) {
        bench.background().execute(() -> source.pauses().shareAnywayUntil(end));
    }

    /** Ends a pause or an override. */
    public void followRules() {
        bench.background().execute(source.pauses()::followRules);
    }

    /** Where the address of the network is changed. */
    public void openSettings() {
        bench.goTo().accept(Room.SETTINGS);
    }

    @Override
    public void close() {
        signals.close();
    }
}
