package com.peerllm.orchestrator.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.peerllm.shared.openai.HostWishes;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishTimeTest {
    /** By hand: 100 tokens at 50 a second, a prompt of 50 at 500 a second, 5 ms of way; k = 0.5. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 2105", // 2000 + 100 + 5
        "1, 40, 2555", // 40 tokens at 1.5 times, 60 alone: 1200 + 1200; the prompt 150
        "2, 400, 4205", // two others with 200 left each: all at twice the time: 4000 + 200
        "3, 0, 2255", // they are about to end; the prompt 250
    })
    void countsTheAnswersBesideIt(int running, long outstanding, double millis) {
        TestHost host = TestHost.numbered(1).running(running, outstanding);
        RouteRequest request = new RouteRequest(50, 100, 51, Set.of(), Set.of(), HostWishes.NONE, Optional.empty());
        assertThat(FinishTime.millis(request, host, 0)).isCloseTo(millis, within(1e-6));
    }
}
