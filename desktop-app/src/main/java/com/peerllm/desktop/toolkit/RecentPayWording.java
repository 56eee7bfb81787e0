package com.peerllm.desktop.toolkit;

import com.peerllm.host.earnings.RecentPay;
import java.util.Optional;

/** Says what hosts of a model were paid lately, and where that is not known, that it is not. */
public final class RecentPayWording {
    private final Messages messages;
    private final Numbers numbers;

    public RecentPayWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
    }

    public String of(Optional<RecentPay.OfModel> paid) {
        if (paid.isEmpty()) return messages.text("shell.paid.unknown");
        if (paid.get().hosts() == 0) return messages.text("shell.paid.nothing");
        return messages.text(
                "shell.paid", numbers.money(paid.get().hostShare()), paid.get().hosts());
    }
}
