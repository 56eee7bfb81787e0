package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Prices and royalties of models as an administrator sets them at the command line, while no orchestrator runs. */
class ModelCommandTest {
    @TempDir
    private Path data;

    private record Result(int code, String out, String error) {}

    private Result run(String words) {
        CommandLine line = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(error, true));
        List<String> all = new ArrayList<>(Arrays.asList(words.split(" ")));
        all.addAll(List.of("--data", data.toString()));
        int code = line.execute(all.toArray(String[]::new));
        return new Result(code, out.toString().strip(), error.toString().strip());
    }

    private Result publish(String more) {
        return run("model publish oak --sha256 " + "12".repeat(32)
                + " --size 10 --prompt-price 0.40 --completion-price 1.20" + more);
    }

    @Test
    void aRoyaltyIsListedStaysWhenThePriceChangesAndIsTakenOffByName() {
        assertThat(publish(" --creator acme --royalty 2.5%").code()).isZero();
        assertThat(run("model list").out())
                .contains("oak  " + "12".repeat(32)
                        + "  prompt $0.400000000  completion $1.200000000  royalty 2.5% to creator:acme");

        assertThat(publish("").code()).isZero();
        assertThat(run("model list").out()).contains("royalty 2.5% to creator:acme");
        assertThat(publish(" --creator creator:acme --royalty 100").code()).isZero();
        assertThat(run("model list").out()).contains("royalty 100% to creator:acme");
        assertThat(publish(" --creator none").code()).isZero();
        assertThat(run("model list").out()).contains("oak").doesNotContain("royalty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " --creator acme",
                " --royalty 2%",
                " --creator none --royalty 2%",
                " --creator acme --royalty 0%",
                " --creator acme --royalty 2.555%",
                " --creator acme --royalty 101%",
                " --creator acme --royalty -1%",
                " --creator acme --royalty much",
                " --creator consumer:ann --royalty 2%",
            })
    void whatIsNoRoyaltyIsRefusedAndNothingIsListed(String more) {
        Result result = publish(more);

        assertThat(result.code()).isIn(ExitCode.USAGE.number, 7);
        assertThat(result.error()).startsWith("Error:");
        assertThat(run("model list").out()).doesNotContain("oak");
    }
}
