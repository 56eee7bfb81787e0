package com.peerllm.orchestrator.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.peerllm.orchestrator.accounts.KeyChange;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.payouts.PayoutResult;
import com.peerllm.orchestrator.vouchers.VoucherTerms;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.payout.PayeeDetails;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an administrator can ask of an orchestrator; JSON with a {@code command} when it goes to a running one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AdminCommand.CreateAccount.class, name = "create_account"),
    @JsonSubTypes.Type(value = AdminCommand.ShowAccount.class, name = "show_account"),
    @JsonSubTypes.Type(value = AdminCommand.ListAccounts.class, name = "list_accounts"),
    @JsonSubTypes.Type(value = AdminCommand.TopUp.class, name = "top_up"),
    @JsonSubTypes.Type(value = AdminCommand.GrantPromo.class, name = "grant_promo"),
    @JsonSubTypes.Type(value = AdminCommand.EraseAccount.class, name = "erase_account"),
    @JsonSubTypes.Type(value = AdminCommand.CreateVouchers.class, name = "create_vouchers"),
    @JsonSubTypes.Type(value = AdminCommand.ListVouchers.class, name = "list_vouchers"),
    @JsonSubTypes.Type(value = AdminCommand.RevokeVoucher.class, name = "revoke_voucher"),
    @JsonSubTypes.Type(value = AdminCommand.CreateKey.class, name = "create_key"),
    @JsonSubTypes.Type(value = AdminCommand.UpdateKey.class, name = "update_key"),
    @JsonSubTypes.Type(value = AdminCommand.ShowKey.class, name = "show_key"),
    @JsonSubTypes.Type(value = AdminCommand.ListKeys.class, name = "list_keys"),
    @JsonSubTypes.Type(value = AdminCommand.ListAllKeys.class, name = "list_all_keys"),
    @JsonSubTypes.Type(value = AdminCommand.RevokeKey.class, name = "revoke_key"),
    @JsonSubTypes.Type(value = AdminCommand.Balances.class, name = "balances"),
    @JsonSubTypes.Type(value = AdminCommand.Audit.class, name = "audit"),
    @JsonSubTypes.Type(value = AdminCommand.CheckLog.class, name = "check_log"),
    @JsonSubTypes.Type(value = AdminCommand.ListModels.class, name = "list_models"),
    @JsonSubTypes.Type(value = AdminCommand.PublishModel.class, name = "publish_model"),
    @JsonSubTypes.Type(value = AdminCommand.ListHosts.class, name = "list_hosts"),
    @JsonSubTypes.Type(value = AdminCommand.BlockHost.class, name = "block_host"),
    @JsonSubTypes.Type(value = AdminCommand.UnblockHost.class, name = "unblock_host"),
    @JsonSubTypes.Type(value = AdminCommand.ProposePayouts.class, name = "propose_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.ListPayouts.class, name = "list_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.ShowPayouts.class, name = "show_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.ApprovePayouts.class, name = "approve_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.ExportPayouts.class, name = "export_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.RecordPayouts.class, name = "record_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.CancelPayouts.class, name = "cancel_payouts"),
    @JsonSubTypes.Type(value = AdminCommand.SetPayee.class, name = "set_payee"),
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface AdminCommand {

    /** A command that changes nothing. */
    sealed interface Look extends AdminCommand {}

    /** Opens {@code consumer:name}; one that exists is left as it is. */
    record CreateAccount(String name) implements AdminCommand {}

    record ShowAccount(String name) implements Look {}

    /** The consumers. */
    record ListAccounts() implements Look {}

    /** @param transfer a name for this top-up; the same name again is the same top-up */
    record TopUp(String name, Credits amount, String transfer) implements AdminCommand {}

    /**
     * Gives credits that are spent before the account's own, and on answers only.
     *
     * @param transfer a name for this gift; the same name again is the same gift
     * @param expires when what is left of it is taken back
     */
    record GrantPromo(String name, Credits amount, String transfer, Optional<Instant> expires)
            implements AdminCommand {}

    /**
     * Revokes an account's keys and makes what the transparency log says of it unlinkable.
     *
     * @param forfeit whether what it still has is given up; otherwise only an empty account is erased
     */
    record EraseAccount(String name, boolean forfeit) implements AdminCommand {}

    record CreateVouchers(int count, VoucherTerms terms) implements AdminCommand {}

    /** By id: so many after this one. */
    record ListVouchers(Optional<String> after, int atMost) implements Look {}

    record RevokeVoucher(String id) implements AdminCommand {}

    /** @param terms the standard ones when empty */
    record CreateKey(String name, String label, Optional<KeyTerms> terms) implements AdminCommand {
        public CreateKey(String name, String label) {
            this(name, label, Optional.empty());
        }
    }

    record UpdateKey(String keyId, KeyChange change) implements AdminCommand {}

    record ShowKey(String keyId) implements Look {}

    record ListKeys(String name) implements Look {}

    record ListAllKeys() implements Look {}

    record RevokeKey(String keyId) implements AdminCommand {}

    record Balances() implements Look {}

    record Audit() implements Look {}

    /** Compares the files of the transparency log with the tables. */
    record CheckLog() implements Look {}

    record ListModels() implements Look {}

    /** @param royalty empty to leave that of an entry as it is */
    record PublishModel(
            ModelId id,
            ModelDigest digest,
            long sizeBytes,
            Optional<String> licence,
            TokenPrice price,
            Optional<Royalty> royalty)
            implements AdminCommand {}

    /**
     * Who gets a part of what hosts earn with a model.
     *
     * @param creator nobody without one
     * @param basisPoints of the host's part, 0 to 10,000; 0 without a creator
     */
    record Royalty(Optional<AccountId> creator, int basisPoints) {
        public static final Royalty NONE = new Royalty(Optional.empty(), 0);
    }

    /** The hosts that were ever here, by id: so many after this one. */
    record ListHosts(Optional<HostId> after, int atMost) implements Look {}

    record BlockHost(HostId host, String reason) implements AdminCommand {}

    record UnblockHost(HostId host) implements AdminCommand {}

    /** A command about payouts. */
    sealed interface OfPayouts extends AdminCommand {}

    record ProposePayouts() implements OfPayouts {}

    record ListPayouts() implements OfPayouts, Look {}

    record ShowPayouts(long batch) implements OfPayouts, Look {}

    record ApprovePayouts(long batch) implements OfPayouts {}

    record ExportPayouts(long batch) implements OfPayouts {}

    record RecordPayouts(long batch, List<PayoutResult> results) implements OfPayouts {
        @Override
        public String toString() {
            return "RecordPayouts[batch=" + batch + ", " + results.size() + " results]";
        }
    }

    record CancelPayouts(long batch) implements OfPayouts {}

    /**
     * How an account is paid; the details are in no log.
     *
     * @param payee empty to erase them
     */
    record SetPayee(AccountId account, Optional<PayeeDetails> payee) implements OfPayouts {}
}
