package com.peerllm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** What is counted only when it happens, and does not in this test. */
    private static final Set<String> RARE = Set.of(
            "peerllm_jobs_refused_total",
            "peerllm_route_rejections_total",
            "peerllm_jobs_moved_total",
            "peerllm_host_faults_total",
            "peerllm_audits_total",
            "peerllm_answer_speed_tokens_per_second_bucket");

    @TempDir
    Path data;

    @Test
    void everyMetricThatTheDashboardAsksForIsThere() throws IOException {
        TestNetwork network = new TestNetwork(data);
        String key = network.consumer("ann", "1");
        ScriptedHost.join(network.client, network.url(), (self, offer) -> self.answer(offer, "He", "llo"));
        assertThat(network.chat(key, TestNetwork.question("")).status()).isEqualTo(200);

        String scraped = network.metrics();
        Set<String> missing = asked();
        missing.removeIf(name -> scraped.contains("\n" + name + "{") || scraped.contains("\n" + name + " "));
        assertThat(missing).isSubsetOf(RARE);
        network.closeWhenAllIsPaid();
    }

    @Test
    void everyMetricOfTheDashboardIsDescribed() throws IOException {
        String page = Files.readString(DOCS.resolve("metrics.md"));
        Set<String> described = Pattern.compile("`(peerllm_[a-z_]+)`")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> asked = asked().stream()
                .map(name -> name.replaceAll("_(bucket|count|sum)$", ""))
                .collect(Collectors.toSet());
        assertThat(described).containsAll(asked);
    }

    private static Set<String> asked() throws IOException {
        String dashboard = Files.readString(DOCS.resolve("grafana").resolve("orchestrator.json"));
        return Pattern.compile("(peerllm_[a-z_]+)[{\\[]")
                .matcher(dashboard)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
