package com.peerllm.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** llama.cpp's {@code llama-server}: one process, heard through its streamed {@code /completion}. */
final class LlamaServer implements Contender {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String EVENT = "data: ";

    private final Workload workload;
    private final Process process;
    private final String url;
    private final OkHttpClient http =
            new OkHttpClient.Builder().readTimeout(Duration.ofMinutes(5)).build();
    private long round;

    LlamaServer(Workload workload, Path program) throws IOException, InterruptedException {
        this.workload = workload;
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        String threads = Integer.toString(workload.threads());
        int slots = workload.mostSequences();
        process = new ProcessBuilder(List.of(
                        program.toAbsolutePath().toString(),
                        "-m",
                        workload.model().toString(),
                        "-c",
                        Integer.toString(slots * workload.contextPerSequence()),
                        "-np",
                        Integer.toString(slots),
                        "-b",
                        "2048",
                        "-ub",
                        "512",
                        "-t",
                        threads,
                        "-tb",
                        threads,
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitHealthy();
    }

    @Override
    public String name() {
        return "llama-server";
    }

    @Override
    public Figures run(int sequences) throws Exception {
        round++;
        List<Future<TokenTimes>> running = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < sequences; i++) {
                List<Integer> prompt = workload.prompt(i, round);
                running.add(threads.submit(() -> answer(prompt)));
            }
        }
        List<TokenTimes> answers = new ArrayList<>();
        for (Future<TokenTimes> each : running) answers.add(each.get());
        return Figures.of(start, workload.promptTokens(), answers);
    }

    private TokenTimes answer(List<Integer> prompt) throws IOException {
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "prompt", prompt,
                "n_predict", workload.answerTokens(),
                "temperature", 0,
                "ignore_eos", true,
                "cache_prompt", false,
                "timings_per_token", true,
                "stream", true));
        Request request = new Request.Builder()
                .url(url + "/completion")
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
        TokenTimes times = new TokenTimes();
        try (Response response = http.newCall(request).execute();
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(response.body().byteStream(), StandardCharsets.UTF_8))) {
            if (!response.isSuccessful()) throw new IOException("llama-server answered " + lines.readLine());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith(EVENT)) continue;
                JsonNode event = JSON.readTree(line.substring(EVENT.length()));
                // An event may stand for several tokens, when a character was incomplete.
                times.came(event.path("timings").path("predicted_n").asInt(times.count()) - times.count());
            }
        }
        return times;
    }

    private void awaitHealthy() throws IOException, InterruptedException {
        Request health = new Request.Builder().url(url + "/health").build();
        for (int i = 0; i < 1200; i++) {
            if (!process.isAlive()) throw new IOException("llama-server ended with " + process.exitValue());
            try (Response response = http.newCall(health).execute()) {
                if (response.isSuccessful()) return;
            } catch (IOException notYet) {
                // It does not listen yet; asked again below.
            }
            process.waitFor(Duration.ofMillis(50));
        }
        throw new IOException("llama-server did not become ready");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
