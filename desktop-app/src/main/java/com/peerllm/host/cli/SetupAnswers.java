package com.peerllm.host.cli;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;

/**
 * Finds out what a person wants: what they gave as an option, else what is recommended if they said yes to all of it, else what
 * they answer.
 */
final class SetupAnswers {
    private final boolean yes;
    private final Questions questions;
    private final PrintWriter err;

    SetupAnswers(boolean yes, Questions questions, PrintWriter err) {
        this.yes = yes;
        this.questions = questions;
        this.err = err;
    }

    /**
     * Asks until the answer can be used.
     *
     * @param option that gives the answer, for who is not asked
     * @param given its value; null when it was not given
     * @param usual what an empty answer means
     * @param read throws {@link HostException} with what is wrong with an answer
     */
    <T> T answer(String option, String given, String question, String usual, Function<String, T> read) {
        if (given != null) return read.apply(given);
        if (yes) return read.apply(usual);
        while (true) {
            String said = questions.ask(question + " [" + usual + "] ").orElseThrow(() -> nobody(option));
            try {
                return read.apply(said.isEmpty() ? usual : said);
            } catch (HostException e) {
                err.println(e.sentence());
            }
        }
    }

    boolean yesOrNo(String option, Boolean given, String question, boolean usual) {
        String text = given == null ? null : given ? "yes" : "no";
        return answer(option, text, question, usual ? "yes" : "no", SetupAnswers::isYes);
    }

    private static boolean isYes(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> true;
            case "n", "no" -> false;
            default -> throw new HostException(Problem.USAGE, "Answer yes or no.");
        };
    }

    private static HostException nobody(String option) {
        return new HostException(
                Problem.USAGE,
                "There is no terminal to ask on, and " + option + " is not given. Give --model, --profile,"
                        + " --orchestrator and --service or --no-service, or --yes for what is recommended.");
    }
}
