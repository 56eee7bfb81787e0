package com.peerllm.host.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A measurement may not take for ever. */
class SpeedLimitTest {
    private final List<EngineFailure> refusals = new ArrayList<>();

    @Test
    void aMeasurementThatIsNotDoneInTimeEndsWithTheSpeedSoFar() throws Exception {
        AtomicLong steps = new AtomicLong();
        new SpeedLimit(() -> steps.getAndAdd(9), Duration.ofMillis(1), refusals::add).watch();

        assertThat(refusals.getFirst().code()).isEqualTo(EngineErrorCode.TOO_SLOW);
        assertThat(SpeedLimit.tooSlow(30, SpeedLimit.LONGEST).sentence())
                .isEqualTo(
                        "The model is too slow for this computer: in 60 s it computed 30 steps (0.50 steps/s) and the"
                                + " measurement was not done. Choose a smaller model.");
    }

    @Test
    void oneThatIsDoneInTimeGoesOn() throws Exception {
        SpeedLimit limit = new SpeedLimit(() -> 0, Duration.ofMinutes(1), refusals::add);
        limit.close();
        limit.watch();

        assertThat(refusals).isEmpty();
    }
}
