package com.peerllm.orchestrator.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;

/** What an administrator can ask of an orchestrator; JSON with a {@code command} when it goes to a running one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AdminCommand.CreateAccount.class, name = "create_account"),
    @JsonSubTypes.Type(value = AdminCommand.TopUp.class, name = "top_up"),
    @JsonSubTypes.Type(value = AdminCommand.CreateKey.class, name = "create_key"),
    @JsonSubTypes.Type(value = AdminCommand.ListKeys.class, name = "list_keys"),
    @JsonSubTypes.Type(value = AdminCommand.RevokeKey.class, name = "revoke_key"),
    @JsonSubTypes.Type(value = AdminCommand.Balances.class, name = "balances"),
    @JsonSubTypes.Type(value = AdminCommand.Audit.class, name = "audit"),
    @JsonSubTypes.Type(value = AdminCommand.ListModels.class, name = "list_models"),
    @JsonSubTypes.Type(value = AdminCommand.PublishModel.class, name = "publish_model"),
    @JsonSubTypes.Type(value = AdminCommand.BlockHost.class, name = "block_host"),
    @JsonSubTypes.Type(value = AdminCommand.UnblockHost.class, name = "unblock_host"),
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface AdminCommand {
    /** Opens {@code consumer:name}; one that exists is left as it is. */
    record CreateAccount(String name) implements AdminCommand {}

    /** @param transfer a name for this top-up; the same name again is the same top-up */
    record TopUp(String name, Credits amount, String transfer) implements AdminCommand {}

    record CreateKey(String name, String label) implements AdminCommand {}

    record ListKeys(String name) implements AdminCommand {}

    record RevokeKey(String keyId) implements AdminCommand {}

    record Balances() implements AdminCommand {}

    record Audit() implements AdminCommand {}

    record ListModels() implements AdminCommand {}

    record PublishModel(ModelId id, ModelDigest digest, long sizeBytes, Optional<String> licence, TokenPrice price)
            implements AdminCommand {}

    record BlockHost(HostId host, String reason) implements AdminCommand {}

    record UnblockHost(HostId host) implements AdminCommand {}
}
