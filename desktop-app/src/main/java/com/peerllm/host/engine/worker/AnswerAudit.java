package com.peerllm.host.engine.worker;

import com.peerllm.host.engine.AuditFinding;
import com.peerllm.host.engine.AuditRequest;
import com.peerllm.host.engine.GenerationRequest;
import com.peerllm.host.engine.Prompt;
import com.peerllm.host.engine.format.AnswerPlan;
import com.peerllm.host.engine.format.AnswerReader;
import com.peerllm.shared.wire.SaidHash;
import java.util.List;

/**
 * Reads a part of an answer again as the host that made it had to: renders the prompt, counts its tokens, and passes the ids
 * through the same reader. Nothing is computed by the model. For the thread that reads prompts.
 */
final class AnswerAudit {
    private final Vocabulary vocabulary;
    private final ChatRenderer renderer;
    private final AnswerPlans plans;
    private final Marks marks;

    AnswerAudit(Vocabulary vocabulary, ChatRenderer renderer, AnswerPlans plans, Marks marks) {
        this.vocabulary = vocabulary;
        this.renderer = renderer;
        this.plans = plans;
        this.marks = marks;
    }

    /** @throws com.peerllm.host.engine.EngineException when the prompt cannot be read or the answer cannot be planned */
    AuditFinding find(AuditRequest request) {
        GenerationRequest asked = request.asked();
        return switch (request.prompt()) {
            case Prompt.Chat chat -> {
                String rendered = renderer.render(chat);
                int prompt = vocabulary.promptTokens(rendered).length;
                yield read(request, prompt, plans.ofChat(asked, chat, rendered));
            }
            case Prompt.Text(String text) -> read(request, vocabulary.promptTokens(text).length, plans.ofText(asked));
            case Prompt.Tokens(List<Integer> ids) -> read(request, vocabulary.known(ids).length, plans.ofText(asked));
        };
    }

    private AuditFinding read(AuditRequest request, int promptTokens, AnswerPlan plan) {
        AnswerReader reader = new AnswerReader(plan);
        SaidHash said = new SaidHash();
        boolean possible = true;
        for (int id : request.before()) {
            possible &= canFollow(id, reader);
            if (vocabulary.contains(id)) reader.pass(marks.readPiece(id));
        }
        for (int id : request.ids()) {
            possible &= canFollow(id, reader);
            if (vocabulary.contains(id)) said.add(reader.pass(marks.readPiece(id)));
        }
        if (request.ended()) said.add(reader.end());
        return new AuditFinding(promptTokens, possible, said.hex());
    }

    /** An end is never delivered, but for the one that an engine writes to end a thinking. */
    private boolean canFollow(int id, AnswerReader reader) {
        return vocabulary.contains(id) && !reader.over() && (!vocabulary.endsAnswer(id) || reader.thinking());
    }
}
