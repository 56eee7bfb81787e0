package com.peerllm.host.session;

import com.peerllm.shared.wire.AnnouncedModel;

/** A model that is loaded now: what the network is told about it, and what works for it; the announced features say which. */
public record ServedModel(
        AnnouncedModel announced, AnswerSource answers, EmbeddingSource embeddings, AuditSource audits) {}
