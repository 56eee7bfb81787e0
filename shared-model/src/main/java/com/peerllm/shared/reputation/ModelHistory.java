package com.peerllm.shared.reputation;

/**
 * What all evidence of one host with one model adds up to. Equal evidence in the order of its numbers gives an equal history,
 * on the orchestrator and on the host that checks it.
 *
 * @param number of the last piece of evidence in it; 0 when there is none
 * @param answers finished, ever
 * @param failures ever
 * @param millisPerToken of answers, after their first token
 * @param firstTokenMillis milliseconds to the first token, for each token of the prompt and {@link #FIXED_PART} more
 */
public record ModelHistory(
        long number,
        long answers,
        long failures,
        Outcomes outcomes,
        PeakAverage millisPerToken,
        PeakAverage firstTokenMillis,
        Honesty honesty)
        implements History {
    /** Prompt tokens that stand for what every answer costs: the way there, the queue, the first step. */
    static final int FIXED_PART = 256;

    public static final ModelHistory EMPTY =
            new ModelHistory(0, 0, 0, Outcomes.NONE, PeakAverage.NONE, PeakAverage.NONE, Honesty.UNTRIED);

    /** @throws IllegalArgumentException when it is not the next piece of a model's evidence */
    @Override
    public ModelHistory after(Evidence evidence) {
        History.requireNext(this, evidence);
        return switch (evidence) {
            case Evidence.Answered answered -> after(answered);
            case Evidence.Failed failed ->
                new ModelHistory(
                        failed.number(),
                        answers,
                        failures + 1,
                        outcomes.afterFailure(failed.atMillis()),
                        millisPerToken,
                        firstTokenMillis,
                        honesty.afterFailure(failed.meaning(), failed.atMillis()));
            case Evidence.Confirmed confirmed ->
                new ModelHistory(
                        confirmed.number(),
                        answers,
                        failures,
                        outcomes,
                        millisPerToken,
                        firstTokenMillis,
                        honesty.afterConfirmation());
            case Evidence.OfPresence other -> throw new IllegalArgumentException("No evidence of a model");
        };
    }

    private ModelHistory after(Evidence.Answered answered) {
        long at = answered.atMillis();
        double rate = answered.tokensPerSecond();
        double first = answered.firstTokenMillis() / (answered.promptTokens() + FIXED_PART);
        return new ModelHistory(
                answered.number(),
                answers + 1,
                failures,
                outcomes.afterSuccess(at),
                rate > 0 ? millisPerToken.after(1000 / rate, at) : millisPerToken,
                first > 0 ? firstTokenMillis.after(first, at) : firstTokenMillis,
                honesty.afterAnswer(at));
    }
}
