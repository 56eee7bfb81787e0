package com.peerllm.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** llama.cpp's {@code llama-batched-bench}: the decode loop alone, with nobody to serve. A process for each run. */
final class BatchedBench implements Contender {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Workload workload;
    private final Path program;

    BatchedBench(Workload workload, Path program) {
        this.workload = workload;
        this.program = program.toAbsolutePath();
    }

    @Override
    public String name() {
        return "llama-batched-bench";
    }

    @Override
    public Figures run(int sequences) throws IOException, InterruptedException {
        int contextTokens = sequences * (workload.promptTokens() + workload.answerTokens());
        String threads = Integer.toString(workload.threads());
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "-m",
                        workload.model().toString(),
                        "-c",
                        Integer.toString(Math.max(512, contextTokens)),
                        "-b",
                        "2048",
                        "-ub",
                        "512",
                        "-t",
                        threads,
                        "-tb",
                        threads,
                        "-npp",
                        Integer.toString(workload.promptTokens()),
                        "-ntg",
                        Integer.toString(workload.answerTokens()),
                        "-npl",
                        Integer.toString(sequences),
                        "--output-format",
                        "jsonl"))
                .directory(program.getParent().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        JsonNode result = output.lines()
                .filter(line -> line.startsWith("{"))
                .map(JSON::readTree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "llama-batched-bench ended with " + exit + " and no figure: " + output));
        double seconds = result.path("t_pp").asDouble() + result.path("t_tg").asDouble();
        return new Figures(
                result.path("speed_tg").asDouble(),
                result.path("speed_pp").asDouble(),
                sequences * workload.answerTokens() / seconds,
                Double.NaN);
    }

    @Override
    public void close() {}
}
