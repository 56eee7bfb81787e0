package com.peerllm.host.answering;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.host.answering.Hybrid.Why;
import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import com.peerllm.shared.model.ModelDigest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Where a question is answered. Here: "free" and "busy". There: "owl", "their-busy" (the same file as "busy") and another "free". */
class HybridTest {
    private static final OwnModel FREE = own("free", "aa", 1);
    private static final OwnModel BUSY = own("busy", "bb", 0);
    private static final List<OwnModel> HERE = List.of(FREE, BUSY);
    private static final List<NetworkModel> THERE =
            List.of(remote("owl", "cc"), remote("their-busy", "bb"), remote("free", "dd"));

    @ParameterizedTest
    @CsvSource({
        // asked, mode, key -> where
        "free, LOCAL, true, local free SETTING",
        "busy, LOCAL, true, local busy SETTING",
        "owl, LOCAL, true, nowhere",
        "local/free, NETWORK, true, local free ASKED",
        "local/owl, AUTOMATIC, true, nowhere",
        "network/owl, LOCAL, true, network owl ASKED",
        "network/owl, LOCAL, false, nowhere",
        "network/busy, LOCAL, true, network their-busy ASKED",
        "network/new-one, LOCAL, true, network new-one ASKED",
        "owl, NETWORK, true, network owl SETTING",
        "free, NETWORK, true, network free SETTING",
        "busy, NETWORK, true, network their-busy SETTING",
        "free, NETWORK, false, nowhere",
        "free, AUTOMATIC, true, local free HERE",
        "their-busy, AUTOMATIC, true, network their-busy NO_FREE_SLOT else busy",
        "busy, AUTOMATIC, true, network their-busy NO_FREE_SLOT else busy",
        "busy, AUTOMATIC, false, local busy ONLY_HERE",
        "owl, AUTOMATIC, true, network owl NOT_HERE",
        "new-one, AUTOMATIC, true, network new-one NOT_HERE",
        "owl, AUTOMATIC, false, nowhere",
    })
    void decides(String asked, Mode mode, boolean hasKey, String where) {
        assertThat(words(Hybrid.decide(asked, mode, HERE, THERE, hasKey))).isEqualTo(where);
    }

    @Test
    void aModelOfTheSameNameButAnotherFileDoesNotStandInForABusyOne() {
        OwnModel busyFree = own("free", "aa", 0);

        assertThat(words(Hybrid.decide("free", Mode.AUTOMATIC, List.of(busyFree), THERE, true)))
                .isEqualTo("local free ONLY_HERE");
    }

    @Test
    void whatIsNowhereIsSaidWithWhatToDo() {
        assertThat(Hybrid.decide("owl", Mode.LOCAL, HERE, THERE, true))
                .isEqualTo(new Hybrid.Nowhere(
                        "This computer has no model of that name. Here are: busy, free."
                                + " Put network/ before the name to ask the network.",
                        false));
        assertThat(((Hybrid.Nowhere) Hybrid.decide("owl", Mode.LOCAL, List.of(), THERE, false)).sentence())
                .contains("download or import one")
                .doesNotContain("network/");
        assertThat(((Hybrid.Nowhere) Hybrid.decide("owl", Mode.NETWORK, HERE, THERE, false)).sentence())
                .contains("peerllm host key set");
    }

    private static String words(Hybrid.Way way) {
        return switch (way) {
            case Hybrid.Local(OwnModel model, Why why) -> "local " + model.name() + " " + why;
            case Hybrid.Remote(String id, Why why, Optional<OwnModel> otherwise) ->
                "network " + id + " " + why
                        + otherwise.map(own -> " else " + own.name()).orElse("");
            case Hybrid.Nowhere nowhere -> "nowhere";
        };
    }

    private static OwnModel own(String name, String file, int freeSlots) {
        return new OwnModel(name, new ModelDigest(file.repeat(32)), List.of("chat"), 512, freeSlots);
    }

    private static NetworkModel remote(String id, String file) {
        return new NetworkModel(
                id,
                Optional.of(file.repeat(32)),
                Optional.empty(),
                List.of("chat"),
                JsonMapper.shared().createObjectNode());
    }
}
