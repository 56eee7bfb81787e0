package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The sample file of options that the archive brings along says every option of the program, and what is true of it. */
class SampleConfigurationTest {
    private static final Path SAMPLE = Path.of(System.getProperty("peerllm.home"))
            .resolve("orchestrator-server/src/archive/etc/orchestrator.conf.sample");

    @TempDir
    private Path folder;

    @Test
    void itHasEveryOptionAndNoOther() throws IOException {
        Set<String> real = new TreeSet<>();
        for (OptionSpec option : Main.commandLine().getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) real.add(option.longestName());
        }

        assertThat(lines().keySet()).isEqualTo(real);
    }

    @Test
    void whatItShowsAsDefaultIsTheDefault() throws IOException {
        Map<String, String> lines = lines();
        for (OptionSpec option : Main.commandLine().getCommandSpec().options()) {
            if (option.defaultValue() == null || option.arity().max() == 0) continue;
            assertThat(lines.get(option.longestName())).as(option.longestName()).isEqualTo(option.defaultValue());
        }
    }

    @Test
    void allOfItCanBeSwitchedOnAndWhatIsTypedCountsInstead() throws IOException {
        Path all = Files.writeString(
                folder.resolve("orchestrator.conf"),
                Files.readString(SAMPLE)
                        .lines()
                        .map(line -> line.replaceFirst("^#--", "--"))
                        .collect(Collectors.joining("\n")));

        CommandLine.ParseResult parsed =
                Main.commandLine().parseArgs("@" + all, "--port", "9999", "account", "create", "ann");

        assertThat(parsed.matchedOptions().stream().map(OptionSpec::longestName))
                .containsAll(lines().keySet());
        assertThat(parsed.matchedOptionValue("--port", 0)).isEqualTo(9999);
        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void asItIsItSetsNothing() {
        assertThat(Main.commandLine().parseArgs("@" + SAMPLE).matchedOptions()).isEmpty();
    }

    /** The options that stand behind a #, with their values. */
    private static Map<String, String> lines() throws IOException {
        Map<String, String> lines = new TreeMap<>();
        for (String line : Files.readAllLines(SAMPLE)) {
            if (!line.startsWith("#--")) continue;
            List<String> words = Arrays.asList(line.substring(1).split(" ", 2));
            lines.put(words.getFirst(), words.size() > 1 ? words.get(1) : "");
        }
        return lines;
    }
}
