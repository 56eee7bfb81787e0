package com.peerllm.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person writes as a price is exactly what is asked, or nothing is served. */
class AsksTest {
    private static final Asks NONE = new Asks(Map.of());

    private static TokenPrice nano(long prompt, long completion) {
        return new TokenPrice(new Credits(prompt), new Credits(completion));
    }

    @Test
    void whatIsSaidAtTheStartGoesBeforeTheSettings(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("settings.json"), "{\"prices\": {\"oak\": \"0.4/1.2\", \"elm\": \"0/0\"}}");
        HostSettings settings =
                new SettingsStore(file, InstantSource.system()).current().get();

        Asks asks = Asks.of(settings).with(List.of("oak=0.000000001/9223372036.854775807", "a=b.gguf=1/2"));

        assertThat(asks.of("oak")).contains(nano(1, Long.MAX_VALUE));
        assertThat(asks.of("elm")).contains(nano(0, 0));
        assertThat(asks.of("a=b.gguf")).contains(nano(1_000_000_000, 2_000_000_000));
        assertThat(asks.of("birch")).isEmpty();
        assertThat(asks.of("birch", "elm")).as("by either of its names").contains(nano(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oak",
                "=1/2",
                "oak=",
                "oak=1",
                "oak=1/2/3",
                "oak=-1/2",
                "oak=1/-0.000000001",
                "oak=cheap/2",
                "oak=0.0000000001/2",
                "oak=9223372036.854775808/2",
                "oak=1e99999999/2",
                "oak=/"
            })
    void whatIsNoPriceIsRefusedWithTheFormOfOne(String option) {
        assertThatThrownBy(() -> NONE.with(List.of(option))).isInstanceOfSatisfying(HostException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.USAGE);
            assertThat(e).hasMessageContaining("--price my-model=0.40/1.20");
        });
    }

    @Test
    void aWrongPriceInTheSettingsIsNotReplacedByAnother() {
        HostSettings settings = HostSettings.DEFAULTS.withPrices(Map.of("oak", "1,5/2"));

        assertThatThrownBy(() -> Asks.of(settings)).hasMessageContaining("'1,5/2' is not a price of oak");
    }
}
