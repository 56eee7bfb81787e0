package com.peerllm.desktop.home;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.home.HomeFacts.Switching;
import com.peerllm.desktop.home.HomeStatus.Action;
import com.peerllm.desktop.home.HomeStatus.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Times;
import com.peerllm.host.session.SessionState;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusWordingTest {
    private final StagedHost host = new StagedHost();
    private Switching switching = Switching.NO;
    private Optional<String> trouble = Optional.empty();

    @Test
    void tellsWhatToDoWhenNoNetworkIsKnown() {
        assertThat(status().kind()).isEqualTo(Kind.NO_NETWORK);
        assertThat(status().action()).isEqualTo(Action.START);
        assertThat(status().reason()).contains("Enter the address", "ws://127.0.0.1:8080");
    }

    @Test
    void isStoppedWhenNothingWasAskedFor() {
        host.knowsItsNetwork();
        assertThat(status().kind()).isEqualTo(Kind.STOPPED);
        assertThat(status().action()).isEqualTo(Action.START);
    }

    @Test
    void connectingNamesTheAddress() {
        host.connects();
        assertThat(status().kind()).isEqualTo(Kind.PREPARING);
        assertThat(status().action()).isEqualTo(Action.STOP);
        assertThat(status().reason()).isEqualTo("Calling ws://127.0.0.1:8080.");
    }

    @Test
    void connectedIsNotCalledSharingBeforeTheNetworkRoutesHere() {
        host.isConnected(false);
        assertThat(status().kind()).isEqualTo(Kind.PREPARING);
        assertThat(status().sentence()).isEqualTo("Connected");
    }

    @Test
    void sharingCountsTheAnswers() {
        host.shares();
        assertThat(status().kind()).isEqualTo(Kind.SHARING);
        assertThat(status().action()).isEqualTo(Action.STOP);
        assertThat(status().sentence()).isEqualTo("Sharing: 2 answers running");
        assertThat(status().reason()).isEqualTo("Connected to first-network.");
    }

    @Test
    void offlineTellsWhyAndWhenItTriesAgain() {
        host.losesTheNetwork();
        assertThat(status().kind()).isEqualTo(Kind.OFFLINE);
        assertThat(status().action()).isEqualTo(Action.STOP);
        assertThat(status().reason())
                .isEqualTo("The connection to ws://127.0.0.1:8080 was refused: nothing answers there."
                        + " Next try in 12 seconds.");
    }

    @Test
    void aTryThatIsDueIsNotCalledNegative() {
        host.losesTheNetwork();
        host.session.set(new SessionState.Offline("No.", Optional.of(StagedHost.NOW.minusSeconds(1))));
        assertThat(status().reason()).isEqualTo("No. Trying again now.");
    }

    @Test
    void aRestartingEngineIsSaidEvenThoughTheConnectionHolds() {
        host.losesItsEngine();
        assertThat(status().kind()).isEqualTo(Kind.RECOVERING);
        assertThat(status().reason()).contains("The engine's process ended unexpectedly.", "Attempt 1");
    }

    @Test
    void aFailedEngineTellsWhatToDoAndOffersAnotherTry() {
        host.fails();
        assertThat(status().kind()).isEqualTo(Kind.FAILED);
        assertThat(status().action()).isEqualTo(Action.TRY_AGAIN);
        assertThat(status().reason()).contains("needs 8.1 GB", "Choose a smaller model");
    }

    @Test
    void aRefusalByTheNetworkOffersAnotherTryWhenTheEngineIsStopped() {
        host.knowsItsNetwork();
        host.session.set(new SessionState.Refused("update_needed", "This program is too old. Update it."));
        assertThat(status().kind()).isEqualTo(Kind.FAILED);
        assertThat(status().action()).isEqualTo(Action.TRY_AGAIN);
        assertThat(status().reason()).isEqualTo("This program is too old. Update it.");
    }

    @Test
    void anotherTryAfterAFailureIsShownAtOnce() {
        host.fails();
        switching = Switching.ON;
        assertThat(status().kind()).isEqualTo(Kind.PREPARING);
    }

    @Test
    void aStartThatFailedShowsItsSentence() {
        host.knowsItsNetwork();
        trouble = Optional.of("The model file is gone. Import it again.");
        assertThat(status().kind()).isEqualTo(Kind.FAILED);
        assertThat(status().action()).isEqualTo(Action.TRY_AGAIN);
        assertThat(status().reason()).isEqualTo("The model file is gone. Import it again.");
    }

    @Test
    void aStopThatFailedCanBeTriedAgainAsAStop() {
        host.shares();
        trouble = Optional.of("It could not be stopped.");
        assertThat(status().action()).isEqualTo(Action.STOP);
    }

    @Test
    void stoppingCannotBePressedTwice() {
        host.shares();
        switching = Switching.OFF;
        assertThat(status().kind()).isEqualTo(Kind.STOPPING);
        assertThat(status().action()).isEqualTo(Action.NONE);
        assertThat(status().reason()).isEqualTo("2 running answers are being ended.");
    }

    private HomeStatus status() {
        return new StatusWording(new Messages(Locale.ENGLISH), new Times(Locale.ENGLISH, ZoneOffset.UTC))
                .of(new HomeFacts(
                        host.settings.get().orchestrator().isPresent(),
                        host.wanted.get(),
                        host.availability.get(),
                        host.session.get(),
                        host.engine.get(),
                        host.work.answersRunning(),
                        switching,
                        trouble,
                        StagedHost.NOW));
    }
}
