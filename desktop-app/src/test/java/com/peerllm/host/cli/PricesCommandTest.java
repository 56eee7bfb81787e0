package com.peerllm.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host learns what is left for it before it serves a model. */
@Timeout(60)
class PricesCommandTest {
    private static final String SPROUT = "b9988445d4de1054e6819a18ab256d503377e0bd2849c14ddcb13dbc135773ea";

    /** As the orchestrator's {@code PricesTest.aHostIsToldTheTermsBeforeItServes} has it. */
    private static final String TERMS = """
            {"object":"price","model":"sprout-1.4m-q8_0","sha256":"%s","hosts":3,
             "network_price":{"prompt_nanodollars_per_million":500000000,"completion_nanodollars_per_million":1500000000},
             "lowest_ask":{"prompt_nanodollars_per_million":100000000,"completion_nanodollars_per_million":300000000},
             "median_ask":{"prompt_nanodollars_per_million":500000000,"completion_nanodollars_per_million":1500000000},
             "network_share_basis_points":500,"royalty_basis_points":250,"creator":"creator:acme"}""".formatted(SPROUT);

    @TempDir
    Path folder;

    private final Terminal terminal = new Terminal();
    private final MockWebServer orchestrator = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        orchestrator.start();
    }

    @AfterEach
    void stop() {
        orchestrator.close();
    }

    private Terminal.Said ask(String answer, String... more) {
        orchestrator.enqueue(new MockResponse.Builder().body(answer).build());
        String[] command = {
            "models",
            "prices",
            "--data",
            folder.toString(),
            "--orchestrator",
            "ws://127.0.0.1:" + orchestrator.getPort()
        };
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return terminal.type(all);
    }

    @Test
    void tellsWhatIsLeftAfterTheNetworksShareAndTheRoyalty() throws Exception {
        Terminal.Said said = ask(TERMS);

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(orchestrator.takeRequest().getTarget()).isEqualTo("/prices/" + SPROUT);
        assertThat(said.out())
                .contains("the network's price is $0.500000000 for a million prompt tokens")
                .contains("3 hosts serve it; the cheapest asks $0.100000000")
                .contains("5 % is the network's, and of the rest 2.5 % creator:acme's")
                .contains("You keep $0.463125000 for a million prompt tokens and $1.389375000");
    }

    @Test
    void theAskOfTheSettingsIsShownWithWhatIsLeftOfItAndInTheListOfModels() throws Exception {
        Files.writeString(folder.resolve("settings.json"), "{\"prices\": {\"sprout-1.4m-q8_0\": \"0.4/1.2\"}}");

        assertThat(ask(TERMS).out())
                .contains("You ask $0.400000000 for a million prompt tokens")
                .contains("and keep $0.370500000 for a million prompt tokens and $1.111500000");
        assertThat(terminal.type("models", "list", "--data", folder.toString()).out())
                .contains("asks $0.400000000 for a million prompt tokens and $1.200000000");
        assertThat(ask(TERMS, "--json").out()).contains("\"kept\"", "370500000");
    }

    @Test
    void whatIsNoListOfPricesIsToldAsThat() {
        assertThat(ask("{}").err()).contains("no orchestrator that tells prices");
        assertThat(ask("<html>").code()).isEqualTo(ExitCode.ORCHESTRATOR.number());
        assertThat(ask(TERMS.replace("500,", "-7,")).code()).isEqualTo(ExitCode.ORCHESTRATOR.number());
    }
}
