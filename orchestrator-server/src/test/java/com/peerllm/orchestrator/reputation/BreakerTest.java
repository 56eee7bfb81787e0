package com.peerllm.orchestrator.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerTest {
    /** Seconds: {@code f} a fault, {@code s} a success, {@code j} a job sent; then whether it is open at the end. */
    @ParameterizedTest
    @CsvSource({
        "f1 f30,                        31, false",
        "f1 f30 f59,                    60, true",
        "f1 f30 f62,                    63, false",
        "f1 s2 f3 f4,                    5, false",
        "f1 f2 f3,                      17, true",
        "f1 f2 f3,                      18, false",
        // The one job that may try keeps the others out.
        "f1 f2 f3 j20,                  21, true",
        "f1 f2 f3 j20,                  79, true",
        // Nothing was heard of it for a minute: the next one.
        "f1 f2 f3 j20,                  80, false",
        "f1 f2 f3 j20 s30,              31, false",
        "f1 f2 f3 j20 s30 f31 f32,      33, false",
        "f1 f2 f3 j20 s30 f31 f32 f33,  34, true",
        // Twice as long each time.
        "f1 f2 f3 j20 f25,              54, true",
        "f1 f2 f3 j20 f25,              55, false",
        "f1 f2 f3 j20 f25 j60 f61,     120, true",
        "f1 f2 f3 j20 f25 j60 f61,     121, false",
        // The ends of jobs that were sent before it opened.
        "f1 f2 f3 f4 f5,                17, true",
        "f1 f2 f3 f4 f5,                18, false",
        "f1 f2 f3 s5,                   17, true"
    })
    void opensAfterThreeFaultsAndLetsExactlyOneJobTry(String events, int second, boolean open) {
        assertThat(after(events).isOpen(second * 1000L)).isEqualTo(open);
    }

    @Test
    void isNeverOpenForLongerThanEightMinutes() {
        Breaker breaker = after("f1 f2 f3");
        for (int i = 0; i < 20; i++) breaker = breaker.afterFault(breaker.openUntilMillis());
        assertThat(breaker.openForMillis()).isEqualTo(8 * 60_000);
    }

    private static Breaker after(String events) {
        Breaker breaker = Breaker.CLOSED;
        for (String event : events.split(" ")) {
            long at = Long.parseLong(event.substring(1)) * 1000;
            breaker = switch (event.charAt(0)) {
                case 'f' -> breaker.afterFault(at);
                case 's' -> breaker.afterSuccess(at);
                default -> breaker.afterJobSent(at);
            };
        }
        return breaker;
    }
}
