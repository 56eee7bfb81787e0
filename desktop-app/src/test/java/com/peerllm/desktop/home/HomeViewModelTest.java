package com.peerllm.desktop.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.desktop.home.HomeStatus.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Workbench;
import com.peerllm.host.Work;
import com.peerllm.host.availability.Availability;
import com.peerllm.host.availability.PauseReason;
import com.peerllm.host.earnings.Earnings;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.storage.StoredReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Without a window and without the JavaFX toolkit: this test never starts it. */
class HomeViewModelTest {
    private final StagedHost host = new StagedHost();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private Instant now = StagedHost.NOW;
    private final HomeViewModel home = new HomeViewModel(
            host.source(),
            new Workbench(Runnable::run, background::add, () -> now, new Messages(Locale.US), room -> {}));

    @Test
    void startsWithTheAddressThatWasTyped() {
        home.addressProperty().set("  ws://127.0.0.1:8080 ");

        home.act();

        assertThat(status().kind()).isEqualTo(Kind.PREPARING);
        assertThat(host.asked).as("not on the thread of the screens").isEmpty();
        workInBackground();
        assertThat(host.asked).containsExactly("start ws://127.0.0.1:8080");
    }

    @Test
    void asksForAnAddressInsteadOfStartingWithoutOne() {
        home.act();

        workInBackground();
        assertThat(host.asked).isEmpty();
        assertThat(status().kind()).isEqualTo(Kind.FAILED);
        assertThat(status().reason()).contains("Enter the address");
    }

    @Test
    void showsWhyAStartFailedAndLetsTheAddressBeMended() {
        host.refusal = Optional.of(new HostException(Problem.USAGE, "\"x\" is not an orchestrator's address."));
        home.addressProperty().set("x");

        home.act();
        workInBackground();

        assertThat(status().reason()).isEqualTo("\"x\" is not an orchestrator's address.");
        assertThat(status().action()).isEqualTo(Action.TRY_AGAIN);
        assertThat(home.networkKnownProperty().get()).isFalse();
    }

    @Test
    void anotherTryForgetsTheEarlierFailure() {
        home.act();
        home.addressProperty().set(StagedHost.ADDRESS);

        home.act();
        workInBackground();
        host.connects();

        assertThat(status().sentence()).isEqualTo("Connecting");
    }

    @Test
    void aSlowStartCanBeStopped() {
        home.addressProperty().set(StagedHost.ADDRESS);
        home.act();
        Runnable slowStart = background.remove();

        home.act();
        slowStart.run();

        assertThat(status().kind())
                .as("the start that was overtaken changes nothing")
                .isEqualTo(Kind.STOPPING);
        workInBackground();
        assertThat(host.asked).containsExactly("start " + StagedHost.ADDRESS, "stop");
        assertThat(status().kind()).isEqualTo(Kind.NO_NETWORK);
    }

    @Test
    void stopsOnceHoweverOftenTheButtonIsPressed() {
        host.shares();

        home.act();
        home.act();
        workInBackground();

        assertThat(host.asked).containsExactly("stop");
    }

    @Test
    void aKnownAddressIsShownAndChangedInTheSettings() {
        host.shares();
        assertThat(home.networkKnownProperty().get()).isTrue();
        assertThat(home.addressProperty().get()).isEqualTo(StagedHost.ADDRESS);
    }

    @Test
    void doesNotOverwriteWhatIsTypedWhenAnotherSettingChanges() {
        host.knowsItsNetwork();
        home.addressProperty().set("wss://peers.example");

        host.settings.set(host.settings.get().withModel("another"));

        assertThat(home.addressProperty().get()).isEqualTo("wss://peers.example");
    }

    @Test
    void countsDownToTheNextTry() {
        host.losesTheNetwork();
        assertThat(status().reason()).endsWith("Next try in 12 seconds.");

        now = now.plusSeconds(11);
        home.refresh();

        assertThat(status().reason()).endsWith("Next try in 1 second.");
    }

    @Test
    void tellsHowLongAgoTheNetworkConfirmedThisHost() {
        host.shares();
        assertThat(figures().confirmed()).contains("Last confirmed by the network 3 s ago");
        now = now.plusSeconds(300);
        home.refresh();
        assertThat(figures().confirmed()).contains("Last confirmed by the network 5 min ago");
        host.losesTheNetwork();
        assertThat(figures().confirmed()).isEmpty();
    }

    @Test
    void neverShowsUnknownMoneyAsZero() {
        assertThat(figures().money()).isEmpty();
        assertThat(figures().earningsNote()).contains("first receipt");

        host.earnings.set(Earnings.of(List.of(StagedHost.paid(StagedHost.TODAY.minusDays(1), 1, 12_500))));

        assertThat(figures().money()).contains(new HomeFigures.Money(Optional.empty(), "$0.0000125"));
        assertThat(figures().earningsNote()).isEqualTo("in total, from 1 verified receipt");
    }

    @Test
    void todayEndsAtMidnightWithoutANewReceipt() {
        host.shares();
        assertThat(figures().money()).contains(new HomeFigures.Money(Optional.of("$0.001827541"), "$0.124318961"));

        now = now.plus(Duration.ofDays(1));
        home.refresh();

        assertThat(figures().money()).contains(new HomeFigures.Money(Optional.empty(), "$0.124318961"));
    }

    @Test
    void keepsDisputedReceiptsApart() {
        host.earnings.set(
                Earnings.of(List.of(StagedHost.row(StoredReceipt.Status.DISPUTED, StagedHost.TODAY, 2, 25_000))));
        assertThat(figures().money()).isEmpty();
        assertThat(figures().disputed()).contains("2 receipts do not hold and are not counted.");
    }

    @Test
    void measuresTheTokenRateWhileItWorks() {
        now = now.plusSeconds(60);
        host.shares();
        assertThat(figures().tokenRate()).as("one measurement is none").isEqualTo("Measuring");

        now = now.plusSeconds(2);
        host.work = new Work(2, 12_048, 91_377 + 83);
        home.refresh();

        assertThat(figures().tokenRate()).isEqualTo("41.5");
        assertThat(figures().tokensOut()).isEqualTo("91,460");
    }

    @Test
    void knowsSlotsOnlyOfALoadedModel() {
        assertThat(figures().slots()).isEmpty();
        host.shares();
        home.refresh();
        assertThat(figures().slots()).contains("2 of 8 slots busy");
        assertThat(figures().slotsBusy()).isEqualTo(0.25);
    }

    @Test
    void hearsNothingMoreAfterItWasClosed() {
        home.close();
        host.shares();
        assertThat(status().kind()).isEqualTo(Kind.NO_NETWORK);
    }

    @Test
    void saysWhyItPausesAndWhenItGoesOn() {
        host.pausesFor(new PauseReason.InUse(Duration.ofMinutes(5)), new PauseReason.OnBattery());
        assertThat(status().sentence()).isEqualTo("Paused: you are using the computer");
        assertThat(status().reason())
                .isEqualTo("Goes on 5 minutes after the last key or move of the mouse. Also: on battery.");
        assertThat(status().action()).isEqualTo(Action.STOP);
        assertThat(status().presence()).isEqualTo(Presence.PAUSED);

        host.pausesFor(new PauseReason.OutsideHours(Optional.of(StagedHost.NOW.plus(Duration.ofHours(12)))));
        assertThat(status().sentence()).isEqualTo("Outside your hours until 10:00\u202fPM");
    }

    @Test
    void aPauseByHandIsResumedByTheBigButton() {
        host.pausesFor(new PauseReason.ByHand(Optional.of(StagedHost.NOW.plus(Duration.ofDays(1)))));
        assertThat(status().sentence()).isEqualTo("Paused by you until Monday, 10:00\u202fAM");
        home.act();
        workInBackground();
        assertThat(host.asked).containsExactly("follow rules");
    }

    @Test
    void offersOnlyWhatMakesSenseNow() {
        assertThat(choices()).isEqualTo(new HomeChoices(false, false, false, false));
        host.shares();
        assertThat(choices()).isEqualTo(new HomeChoices(true, false, false, false));
        host.pausesFor(new PauseReason.OnBattery());
        assertThat(choices()).isEqualTo(new HomeChoices(true, true, false, false));
        host.pausesFor(new PauseReason.ByHand(Optional.empty()));
        assertThat(choices()).isEqualTo(new HomeChoices(false, true, true, true));
        host.shares();
        host.availability.set(new Availability.Available(Optional.of(StagedHost.NOW.plusSeconds(3600))));
        assertThat(choices()).isEqualTo(new HomeChoices(true, false, true, false));
        assertThat(status().reason()).endsWith("Whatever your rules say, until 11:00\u202fAM.");
    }

    @Test
    void pausesAndSharesAnywayForAWhile() {
        host.shares();
        home.pauseFor(Duration.ofHours(1));
        home.pauseUntilTomorrow();
        home.pauseUntilResumed();
        home.shareAnywayFor(Duration.ofHours(2));
        assertThat(host.asked).as("not on the thread of the screens").isEmpty();
        workInBackground();
        assertThat(host.asked)
                .containsExactly(
                        "pause until 2026-11-22T11:00:00Z",
                        "pause until 2026-11-23T06:00:00Z",
                        "pause until resumed",
                        "share until 2026-11-22T12:00:00Z");
    }

    @Test
    void betweenTheRulesAndTheEngineItIsStarting() {
        host.knowsItsNetwork();
        host.wanted.set(true);
        assertThat(status().sentence()).isEqualTo("Starting");
        assertThat(status().action()).isEqualTo(Action.STOP);
    }

    @Test
    void showsTheReputationOnlyWhenTheNetworkSaidIt() {
        assertThat(figures().reputation()).isEmpty();
        host.standing.set(Optional.of(new HomeSource.Standing(0.926, Optional.empty())));
        assertThat(figures().reputation()).contains(new HomeFigures.Reputation("0.93", "An average good host has 1."));
    }

    private HomeChoices choices() {
        return home.choicesProperty().get();
    }

    private HomeStatus status() {
        return home.statusProperty().get();
    }

    private HomeFigures figures() {
        return home.figuresProperty().get();
    }

    private void workInBackground() {
        while (!background.isEmpty()) background.remove().run();
    }
}
