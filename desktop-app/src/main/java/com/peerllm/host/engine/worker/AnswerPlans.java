package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.EngineErrorCode;
import com.peerllm.host.engine.EngineException;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.format.AnswerPlan;
import com.peerllm.host.engine.format.AnswerPlanner;
import com.peerllm.host.engine.format.Bounds;
import com.peerllm.host.engine.format.ChatFormat;
import com.peerllm.host.engine.format.ThinkingBudget;
import com.peerllm.host.engine.format.ThinkingFormat;
import com.peerllm.host.engine.format.UnusableTools;
import com.peerllm.shared.grammar.UnsupportedSchema;
import com.peerllm.shared.openai.Reasoning;
import java.util.function.Supplier;

/** Plans each answer before it begins: how it is read, what it must follow and how long it may think. */
final class AnswerPlans {
    private static final int[] NOTHING = {};

    private final AnswerPlanner planner;
    private final Grammars grammars;
    private final int contextLimit;
    private final int[] endOfThinking;

    AnswerPlans(ChatFormat format, Marks marks, Vocabulary vocabulary, Grammars grammars, int contextLimit) {
        this.planner = new AnswerPlanner(format, marks::gbnf);
        this.grammars = grammars;
        this.contextLimit = contextLimit;
        endOfThinking = format.thinking()
                .map(thinking -> endOf(thinking, vocabulary, marks))
                .orElse(NOTHING);
    }

    /** The tokens that end a thinking; none when they would not be read as its end. */
    private static int[] endOf(ThinkingFormat thinking, Vocabulary vocabulary, Marks marks) {
        int[] ids = vocabulary.textTokens(thinking.ending());
        return marks.text(ids).contains(thinking.close()) ? ids : NOTHING;
    }

    /** @param rendered the chat as the template rendered it, whose end tells whether the model thinks already */
    void planChat(Job job, Prompt.Chat chat, String rendered) {
        plan(job, ofChat(job.request(), chat, rendered), chat.reasoning());
    }

    void planText(Job job) {
        plan(job, ofText(job.request()), Reasoning.DEFAULT);
    }

    /** How an answer to a chat is read and bound. */
    AnswerPlan ofChat(GenerationRequest request, Prompt.Chat chat, String rendered) {
        return made(() -> planner.chat(
                rendered,
                chat.tools(),
                request.format(),
                request.stop(),
                !chat.reasoning().isOff()));
    }

    /** How the continuation of a text is read and bound. */
    AnswerPlan ofText(GenerationRequest request) {
        return made(() -> planner.text(request.format(), request.stop()));
    }

    private void plan(Job job, AnswerPlan plan, Reasoning reasoning) {
        int most = Math.min(job.request().maxTokens(), contextLimit - job.promptLength());
        ThinkingBudget budget = plan.thinking().isEmpty() || endOfThinking.length == 0
                ? ThinkingBudget.NONE
                : ThinkingBudget.of(reasoning.mostTokens(), most, endOfThinking);
        job.prepare(plan, budget, most);
        for (Bounds bounds : plan.turningPoints())
            if (bounds instanceof Bounds.Grammar grammar) job.grammar(grammar, grammars);
    }

    private static AnswerPlan made(Supplier<AnswerPlan> planning) {
        try {
            return planning.get();
        } catch (UnusableTools e) {
            throw new EngineException(EngineErrorCode.BAD_REQUEST, e.getMessage());
        } catch (UnsupportedSchema e) {
            // Where in the schema is not said: that place has names of the schema in it, and a failure can reach a log.
            throw new EngineException(EngineErrorCode.BAD_REQUEST, e.reason() + ".");
        }
    }
}
