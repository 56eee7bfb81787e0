package com.peerllm.orchestrator.routing;

/**
 * How long a host needs for a request: pure.
 *
 * <p>Answers in one batch slow each other down. With {@code b} answers at once each of them comes at {@code s(b) = s(1) / (1 +
 * k (b - 1))} tokens a second, k = {@link #SLOWDOWN}: 0 would be a machine that answers many as fast as one, 1 one that gains
 * nothing from a batch. The engine's figures on a CPU (docs/benchmarks.md: 137, 131, 187 and 250 tokens/s in all at 1, 4, 8
 * and 16 answers) give k = 1.05, 0.69 and 0.52; a GPU's is smaller. What is compared is hosts with each other, so the exact
 * number matters little.
 */
public final class FinishTime {
    static final double SLOWDOWN = 0.5;

    /** Tokens a second, while nothing is known of anybody. */
    static final double ASSUMED_DECODE = 10;

    /** Prompt tokens are computed many at a time; ten times as fast as answers is what small models on a CPU reach. */
    static final double PREFILL_RATIO = 10;

    private FinishTime() {}

    /** How many times slower an answer comes when so many are generated at once, itself among them. */
    public static double slowdown(int answers) {
        return 1 + SLOWDOWN * (Math.max(1, answers) - 1);
    }

    /**
     * Expected milliseconds until the answer is complete.
     *
     * <p>It shares the host with the answers that run there until those end, and has it to itself afterwards. They end, on
     * average, when as many tokens as each of them has left have been generated. Added are the prompt at its measured speed
     * (slowed down likewise), loading the model where it is not in memory, and the way there.
     *
     * @param bestDecode tokens a second that a host is credited with until its own speed is known
     */
    public static double millis(RouteRequest request, Candidate host, double bestDecode) {
        double known = host.decodeTokensPerSecond() > 0 ? host.decodeTokensPerSecond() : bestDecode;
        double alone = known > 0 ? known : ASSUMED_DECODE;
        double prefill = host.prefillTokensPerSecond() > 0 ? host.prefillTokensPerSecond() : alone * PREFILL_RATIO;
        int running = host.runningJobs();
        double slowdown = slowdown(running + 1);
        double leftOfEach = running == 0 ? 0 : (double) host.outstandingTokens() / running;
        double shared = Math.min(request.completionTokens(), leftOfEach);
        double seconds = shared * slowdown / alone
                + (request.completionTokens() - shared) / alone
                + request.promptTokens() * slowdown / prefill;
        return seconds * 1000 + host.loadMillis() + host.roundTripMillis();
    }
}
