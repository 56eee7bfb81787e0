package com.peerllm.orchestrator.explorer;

import com.peerllm.orchestrator.storage.ExplorerStore.HostRow;
import com.peerllm.orchestrator.storage.ExplorerStore.ModelRow;
import com.peerllm.orchestrator.storage.HostSums;
import com.peerllm.orchestrator.storage.LogTally.PaidModel;
import com.peerllm.orchestrator.storage.PaymentSums;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import java.util.Optional;

/** Where a page of a ranking ended, as text: {@code AMOUNT:HOST} and {@code AMOUNT:DIGEST:MODEL}. */
final class Cursors {
    private Cursors() {}

    static String of(HostRow last) {
        return last.sums().paid().hostShare().nanoDollars() + ":" + last.host();
    }

    static String of(ModelRow last) {
        return last.sums().charged().nanoDollars() + ":" + last.model().digest().hex() + ":"
                + last.model().model();
    }

    static HostRow host(String cursor) {
        String[] parts = cursor.split(":", 2);
        try {
            Credits share = new Credits(Long.parseLong(parts[0]));
            PaymentSums paid = new PaymentSums(0, 0, 0, Credits.ZERO, share, Credits.ZERO, Credits.ZERO);
            return new HostRow(new HostId(parts[1]), new HostSums(paid, 0, Credits.ZERO, Credits.ZERO));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw noCursor();
        }
    }

    static ModelRow model(String cursor) {
        String[] parts = cursor.split(":", 3);
        try {
            Credits charged = new Credits(Long.parseLong(parts[0]));
            PaidModel model = new PaidModel(new ModelId(parts[2]), new ModelDigest(parts[1]));
            return new ModelRow(model, new PaymentSums(0, 0, 0, charged, Credits.ZERO, Credits.ZERO, Credits.ZERO));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw noCursor();
        }
    }

    static Optional<HostId> hostId(String text) {
        try {
            return Optional.of(new HostId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InvalidRequest noCursor() {
        return new InvalidRequest(
                ApiError.badRequest("invalid_value", "after", "`after` is what the page before has as `next`."));
    }
}
