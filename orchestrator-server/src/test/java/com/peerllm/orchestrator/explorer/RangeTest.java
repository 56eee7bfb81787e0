package com.peerllm.orchestrator.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.orchestrator.explorer.Explorer.Order;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {
    /** Things numbered from 0 to 9, or from 1 to 9. */
    @ParameterizedTest
    @CsvSource({
        "OLDEST,,0,10,4,0,4,3",
        "OLDEST,3,0,10,4,4,8,7",
        "OLDEST,7,0,10,4,8,10,",
        "OLDEST,9,0,10,4,10,10,",
        "OLDEST,9223372036854775806,0,10,4,10,10,",
        "OLDEST,,0,0,4,0,0,",
        "OLDEST,0,1,10,4,1,5,4",
        "NEWEST,,0,10,4,6,10,6",
        "NEWEST,6,0,10,4,2,6,2",
        "NEWEST,2,0,10,4,0,2,",
        "NEWEST,0,0,10,4,0,0,",
        "NEWEST,9223372036854775806,0,10,4,6,10,6",
        "NEWEST,,1,1,4,1,1,",
        "NEWEST,5,1,10,4,1,5,",
    })
    void pagesFollowOneAnother(
            Order order, Long after, long first, long end, int atMost, long from, long to, Long next) {
        OptionalLong known = after == null ? OptionalLong.empty() : OptionalLong.of(after);
        assertThat(Range.of(order, known, first, end, atMost)).isEqualTo(new Range(from, to, next));
    }
}
