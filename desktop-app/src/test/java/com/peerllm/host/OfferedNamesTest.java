package com.peerllm.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.settings.HostSettings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferedNamesTest {
    private static final String STARTER = "sprout";
    private static final HostSettings NOTHING_CHOSEN = HostSettings.DEFAULTS;

    @Test
    void theStarterStandsInWhileNothingIsChosen() {
        assertThat(OfferedNames.of(NOTHING_CHOSEN, STARTER)).containsExactly(STARTER);
    }

    @Test
    void theFirstModelThatIsChosenTakesTheStartersPlace() {
        HostSettings chosen = OfferedNames.with(NOTHING_CHOSEN, "mine");
        assertThat(OfferedNames.of(chosen, STARTER)).containsExactly("mine");
    }

    @Test
    void aStarterThatWasChosenStays() {
        HostSettings chosen = NOTHING_CHOSEN.edit().model(Optional.of(STARTER)).done();
        assertThat(OfferedNames.of(OfferedNames.with(chosen, "mine"), STARTER)).containsExactly(STARTER, "mine");
    }

    @Test
    void whatIsOfferedAlreadyIsOfferedOnce() {
        HostSettings chosen = OfferedNames.with(OfferedNames.with(NOTHING_CHOSEN, "mine"), "mine");
        assertThat(OfferedNames.of(chosen, STARTER)).containsExactly("mine");
    }

    @Test
    void theOnlyOneCannotBeTakenBackButCanBeForgotten() {
        HostSettings chosen = OfferedNames.with(NOTHING_CHOSEN, "mine");
        assertThatThrownBy(() -> OfferedNames.without(chosen, STARTER, "mine"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("is the only model");
        assertThat(OfferedNames.of(OfferedNames.forgotten(chosen, STARTER, "mine"), STARTER))
                .isEqualTo(List.of(STARTER));
    }
}
