package com.peerllm.desktop.home;

import com.peerllm.host.Work;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.PauseControl;
import com.peerllm.host.availability.PauseReason;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.engine.ModelFacts;
import com.peerllm.host.engine.TemplateSource;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.session.OrchestratorAddress;
import com.peerllm.host.session.SessionState;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.storage.EarnedRow;
import com.peerllm.host.storage.StoredReceipt;
import com.peerllm.shared.money.Credits;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A host whose state the test sets, to see every situation of Home without waiting for it. */
public final class StagedHost implements HomeSource.Sharing, PauseControl {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    public static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    public static final String ADDRESS = "ws://127.0.0.1:8080";

    public final Signal<List<String>> offered = new Signal<>(List.of("sprout-1.4m-q8_0"));
    public final Signal<HostSettings> settings = new Signal<>(HostSettings.DEFAULTS);
    public final Signal<SessionState> session =
            new Signal<>(new SessionState.Offline("Not started.", Optional.empty()));
    public final Signal<EngineState> engine = new Signal<>(new EngineState.Stopped());
    public final Signal<Earnings> earnings = new Signal<>(Earnings.of(List.of()));
    public final Signal<Boolean> wanted = new Signal<>(false);
    public final Signal<Availability> availability = new Signal<>(Availability.Available.BY_RULES);
    public final Signal<Optional<HomeSource.Standing>> standing = new Signal<>(Optional.empty());
    public final Signal<Optional<String>> trouble = new Signal<>(Optional.empty());
    public final List<String> asked = new ArrayList<>();
    public volatile Work work = Work.NONE;
    public volatile Instant now = NOW;
    public Optional<HostException> refusal = Optional.empty();

    public HomeSource source() {
        return new HomeSource(
                "quiet-otter-7f3a",
                offered,
                settings,
                session,
                engine,
                earnings,
                wanted,
                availability,
                standing,
                trouble,
                ZoneOffset.UTC,
                () -> work,
                this,
                this);
    }

    @Override
    public void start(String address) {
        asked.add("start " + address);
        if (refusal.isPresent()) throw refusal.get();
    }

    @Override
    public void stop() {
        asked.add("stop");
    }

    @Override
    public void shareAnywayUntil(Instant end) {
        asked.add("share until " + end);
    }

    @Override
    public void pauseUntil(Optional<Instant> end) {
        asked.add("pause until " + end.map(Instant::toString).orElse("resumed"));
    }

    @Override
    public void followRules() {
        asked.add("follow rules");
    }

    /** As after the first start of the program. */
    public void reset() {
        settings.set(HostSettings.DEFAULTS);
        session.set(new SessionState.Offline("Not started.", Optional.empty()));
        engine.set(new EngineState.Stopped());
        earnings.set(Earnings.of(List.of()));
        wanted.set(false);
        availability.set(Availability.Available.BY_RULES);
        standing.set(Optional.empty());
        trouble.set(Optional.empty());
        work = Work.NONE;
        now = NOW;
    }

    /** Two seconds pass, with 83 tokens made if there are answers to make. */
    public void computes() {
        now = now.plusSeconds(2);
        if (work.answersRunning() == 0) return;
        work = new Work(work.answersRunning(), work.promptTokens(), work.completionTokens() + 83);
    }

    public void knowsItsNetwork() {
        settings.set(HostSettings.DEFAULTS.withOrchestrator(ADDRESS));
    }

    public void hasLoadedItsModel() {
        engine.set(new EngineState.Ready(new ModelFacts(
                "llama 1.4M Q8_0",
                "llama",
                1_400_000,
                1_600_000,
                512,
                2048,
                1024,
                8,
                1,
                1,
                2,
                TemplateSource.values()[0],
                120,
                List.of("chat"),
                OptionalInt.empty(),
                List.of())));
    }

    public void connects() {
        knowsItsNetwork();
        hasLoadedItsModel();
        session.set(new SessionState.Connecting(OrchestratorAddress.parse(ADDRESS, false)));
    }

    public void isConnected(boolean routed) {
        knowsItsNetwork();
        hasLoadedItsModel();
        session.set(new SessionState.Connected("first-network", NOW.minusSeconds(600), NOW.minusSeconds(3), routed));
    }

    public void shares() {
        isConnected(true);
        wanted.set(true);
        standing.set(Optional.of(
                new HomeSource.Standing(1.08, Optional.of("Up from 1.04: finished 91 of 91 answers today."))));
        work = new Work(2, 12_048, 91_377);
        earnings.set(Earnings.of(List.of(paid(TODAY, 91, 1_827_541), paid(TODAY.minusDays(1), 1_113, 122_491_420))));
    }

    public void losesTheNetwork() {
        shares();
        work = new Work(0, 12_048, 91_377);
        session.set(new SessionState.Offline(
                "The connection to ws://127.0.0.1:8080 was refused: nothing answers there.",
                Optional.of(NOW.plusSeconds(12))));
    }

    /** The person wants to share, but these reasons stand against it now. */
    public void pausesFor(PauseReason... reasons) {
        shares();
        work = new Work(0, 12_048, 91_377);
        engine.set(new EngineState.Stopped());
        session.set(new SessionState.Offline("Paused.", Optional.empty()));
        availability.set(new Availability.Paused(List.of(reasons)));
    }

    public void losesItsEngine() {
        shares();
        engine.set(new EngineState.Restarting("The engine's process ended unexpectedly.", 1));
    }

    public void getsAReceiptThatDoesNotHold() {
        shares();
        earnings.set(Earnings.of(List.of(
                paid(TODAY.minusDays(1), 1_113, 122_491_421), row(StoredReceipt.Status.DISPUTED, TODAY, 1, 20_000))));
    }

    public void fails() {
        knowsItsNetwork();
        engine.set(new EngineState.Failed(
                EngineErrorCode.NOT_ENOUGH_MEMORY,
                "Not enough memory: needs 8.1 GB, 4.0 GB are free. Choose a smaller model or a shorter context."));
    }

    static EarnedRow paid(LocalDate day, long answers, long nanoDollars) {
        return row(StoredReceipt.Status.VERIFIED, day, answers, nanoDollars);
    }

    static EarnedRow row(StoredReceipt.Status status, LocalDate day, long answers, long nanoDollars) {
        return new EarnedRow(
                status, day, "sprout-1.4m-q8_0", answers, answers * 10, answers * 75, 0, new Credits(nanoDollars));
    }
}
