package com.peerllm.orchestrator;

import com.peerllm.shared.ledger.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a file holds that {@code GET /v1/receipts/JOB} gave: one receipt, or a list of them.
 *
 * @param consumerSalt opens the receipts' commitments to who paid; only the owner gets it
 */
record ReceiptFile(List<Receipt> receipts, Optional<String> consumerSalt) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** @param file {@code -} is standard input */
    static ReceiptFile read(String file) {
        try {
            String text = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            JsonNode json = JSON.readTree(text);
            List<Receipt> receipts = new ArrayList<>();
            if (json.path("data").isArray()) {
                for (JsonNode each : json.path("data")) receipts.add(JSON.treeToValue(each, Receipt.class));
            } else {
                receipts.add(JSON.treeToValue(json, Receipt.class));
            }
            return new ReceiptFile(receipts, json.path("consumerSalt").stringValueOpt());
        } catch (IOException e) {
            throw new StartException(ExitCode.USAGE, "The file " + file + " cannot be read.", e);
        } catch (JacksonException e) {
            throw new StartException(ExitCode.RECEIPT_INVALID, "The file " + file + " holds no receipt in JSON.", e);
        }
    }
}
