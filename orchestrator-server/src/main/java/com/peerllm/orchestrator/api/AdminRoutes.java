package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.KeyChange;
import com.peerllm.orchestrator.accounts.KeyTerms;
import com.peerllm.orchestrator.accounts.Scope;
import com.peerllm.orchestrator.admin.AdminCommand;
import com.peerllm.orchestrator.ledger.SpendLimit;
import com.peerllm.orchestrator.payouts.PayoutResult;
import com.peerllm.orchestrator.vouchers.VoucherTerms;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.HostId;
import com.peerllm.shared.model.ModelDigest;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.InvalidRequest;
import com.peerllm.shared.payout.PayeeDetails;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which administration command a request under {@code /admin/v1} is: one line for each route. */
final class AdminRoutes {
    private static final int MOST_HOSTS = 1_000;
    private static final int MOST_VOUCHERS = 1_000;

    private static final Set<String> METHODS = Set.of("GET", "POST", "DELETE");
    private static final Set<String> SUBJECTS =
            Set.of("accounts", "keys", "hosts", "models", "balances", "audit", "vouchers", "payouts", "payees");

    private AdminRoutes() {}

    /** The route as logs and metrics name it: a closed set of words, whatever was sent. */
    static String nameOf(String method, String path) {
        String subject = path.substring(AdminHttp.PATH.length()).split("/", 2)[0];
        boolean known = METHODS.contains(method) && SUBJECTS.contains(subject);
        return known ? method + " " + AdminHttp.PATH + subject : "other";
    }

    /**
     * The request as a command.
     *
     * @param path what stands behind {@code /admin/v1/}, between its slashes
     * @throws InvalidRequest when there is no such route, or the body is not what it takes
     */
    static AdminCommand command(String method, List<String> path, Query query, byte[] body) {
        String name = path.size() > 1 ? path.get(1) : "";
        return switch (method + " " + shape(path)) {
            case "GET accounts" -> new AdminCommand.ListAccounts();
            case "POST accounts" -> createAccount(AdminBody.read(body));
            case "GET accounts/*" -> new AdminCommand.ShowAccount(name);
            case "POST accounts/*/topups" -> topUp(name, AdminBody.read(body));
            case "POST accounts/*/promos" -> grant(name, AdminBody.read(body));
            case "POST accounts/*/erase" -> erase(name, AdminBody.read(body));
            case "GET vouchers" -> new AdminCommand.ListVouchers(query.value("after"), MOST_VOUCHERS);
            case "POST vouchers" -> createVouchers(AdminBody.read(body));
            case "DELETE vouchers/*" -> new AdminCommand.RevokeVoucher(name);
            case "GET keys" ->
                query.value("account")
                        .<AdminCommand>map(AdminCommand.ListKeys::new)
                        .orElseGet(AdminCommand.ListAllKeys::new);
            case "POST keys" -> createKey(AdminBody.read(body));
            case "GET keys/*" -> new AdminCommand.ShowKey(name);
            case "POST keys/*" -> updateKey(name, AdminBody.read(body));
            case "DELETE keys/*" -> new AdminCommand.RevokeKey(name);
            case "GET hosts" -> new AdminCommand.ListHosts(query.value("after").map(AdminRoutes::host), MOST_HOSTS);
            case "POST hosts/*/block" -> block(name, AdminBody.read(body));
            case "POST hosts/*/unblock" -> new AdminCommand.UnblockHost(host(name));
            case "GET models" -> new AdminCommand.ListModels();
            case "POST models" -> publish(AdminBody.read(body));
            case "GET balances" -> new AdminCommand.Balances();
            case "GET audit" -> new AdminCommand.Audit();
            case "GET payouts" -> new AdminCommand.ListPayouts();
            case "POST payouts" -> new AdminCommand.ProposePayouts();
            case "GET payouts/*" -> new AdminCommand.ShowPayouts(batch(name));
            case "POST payouts/*/approve" -> new AdminCommand.ApprovePayouts(batch(name));
            case "POST payouts/*/export" -> new AdminCommand.ExportPayouts(batch(name));
            case "POST payouts/*/results" -> results(batch(name), AdminBody.read(body));
            case "POST payouts/*/cancel" -> new AdminCommand.CancelPayouts(batch(name));
            case "POST payees/*" -> payee(new AccountId(name), AdminBody.read(body));
            case "DELETE payees/*" -> new AdminCommand.SetPayee(new AccountId(name), Optional.empty());
            default ->
                throw new InvalidRequest(ApiError.of(
                        404,
                        "invalid_request_error",
                        "not_found",
                        "There is nothing to administer at this address with " + method + "."));
        };
    }

    /** What stands behind the question mark. */
    interface Query {
        Optional<String> value(String name);
    }

    /** The path with a star in place of a name. */
    private static String shape(List<String> path) {
        return switch (path.size()) {
            case 1 -> path.get(0);
            case 2 -> path.get(0) + "/*";
            case 3 -> path.get(0) + "/*/" + path.get(2);
            default -> "";
        };
    }

    private static AdminCommand createAccount(AdminBody body) {
        AdminCommand command = new AdminCommand.CreateAccount(body.text("name"));
        body.done();
        return command;
    }

    /** Its id is required here, because a request may have to be sent again. */
    private static AdminCommand topUp(String account, AdminBody body) {
        AdminCommand command =
                new AdminCommand.TopUp(account, body.amount("amount_nanodollars"), "topup-" + body.text("id"));
        body.done();
        return command;
    }

    private static AdminCommand grant(String account, AdminBody body) {
        AdminCommand command = new AdminCommand.GrantPromo(
                account,
                body.amount("amount_nanodollars"),
                "promo-" + body.text("id"),
                body.optionalTime("expires_at"));
        body.done();
        return command;
    }

    private static AdminCommand erase(String account, AdminBody body) {
        AdminCommand command = new AdminCommand.EraseAccount(account, body.optionalFlag("forfeit"));
        body.done();
        return command;
    }

    private static AdminCommand createVouchers(AdminBody body) {
        long count = body.number("count");
        VoucherTerms terms = new VoucherTerms(
                body.amount("amount_nanodollars"),
                body.optionalFlag("promo"),
                body.optionalTime("expires_at"),
                body.optionalTime("credits_expire_at"),
                body.optionalText("label").orElse(""));
        body.done();
        return new AdminCommand.CreateVouchers(Math.clamp(count, 0, Integer.MAX_VALUE), terms);
    }

    private static AdminCommand createKey(AdminBody body) {
        String account = body.text("account");
        String label = body.optionalText("label").orElse("");
        KeyChange wishes = wishes(body);
        KeyTerms terms = new KeyTerms(
                wishes.scopes().orElse(Scope.OF_A_CONSUMER),
                wishes.spendLimit(),
                wishes.requestsPerMinute(),
                wishes.tokensPerMinute(),
                wishes.expiresAt());
        return new AdminCommand.CreateKey(account, label, Optional.of(terms));
    }

    private static AdminCommand updateKey(String keyId, AdminBody body) {
        return new AdminCommand.UpdateKey(keyId, wishes(body));
    }

    private static KeyChange wishes(AdminBody body) {
        Set<KeyChange.Removable> without = EnumSet.noneOf(KeyChange.Removable.class);
        if (body.isNull("spend_limit")) without.add(KeyChange.Removable.SPEND_LIMIT);
        if (body.isNull("requests_per_minute")) without.add(KeyChange.Removable.REQUESTS_PER_MINUTE);
        if (body.isNull("tokens_per_minute")) without.add(KeyChange.Removable.TOKENS_PER_MINUTE);
        if (body.isNull("expires_at")) without.add(KeyChange.Removable.EXPIRY);
        KeyChange wishes = new KeyChange(
                body.optionalText("label"),
                body.optionalTexts("scopes").map(words -> body.as("scopes", words, AdminRoutes::scopes)),
                body.optionalObject("spend_limit").map(AdminRoutes::limit),
                body.optionalInt("requests_per_minute"),
                body.optionalInt("tokens_per_minute"),
                body.optionalTime("expires_at"),
                without);
        body.done();
        return wishes;
    }

    private static Set<Scope> scopes(List<String> words) {
        return words.stream().map(Scope::of).collect(Collectors.toSet());
    }

    private static SpendLimit limit(AdminBody body) {
        Credits most = body.amount("nanodollars");
        String per = body.optionalText("per").orElse("total");
        SpendLimit limit = new SpendLimit(
                body.as("nanodollars", most, AdminRoutes::notNegative), body.as("per", per, SpendLimit.Period::of));
        body.done();
        return limit;
    }

    private static Credits notNegative(Credits amount) {
        if (amount.isNegative()) throw new IllegalArgumentException("An amount cannot be negative");
        return amount;
    }

    private static AdminCommand block(String host, AdminBody body) {
        AdminCommand command = new AdminCommand.BlockHost(host(host), body.text("reason"));
        body.done();
        return command;
    }

    private static HostId host(String id) {
        return new HostId(id);
    }

    private static long batch(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("A batch has a number", e);
        }
    }

    private static AdminCommand results(long batch, AdminBody body) {
        List<PayoutResult> results =
                body.objects("results").stream().map(AdminRoutes::result).toList();
        body.done();
        return new AdminCommand.RecordPayouts(batch, results);
    }

    private static PayoutResult result(AdminBody body) {
        String payout = body.text("payout_id");
        PayoutResult.Outcome outcome = body.as("result", body.text("result"), PayoutResult.Outcome::of);
        PayoutResult result =
                body.as("reference", body.text("reference"), note -> new PayoutResult(payout, outcome, note));
        body.done();
        return result;
    }

    private static AdminCommand payee(AccountId account, AdminBody body) {
        String method = body.text("method");
        PayeeDetails payee = body.as("details", body.text("details"), details -> new PayeeDetails(method, details));
        body.done();
        return new AdminCommand.SetPayee(account, Optional.of(payee));
    }

    private static AdminCommand publish(AdminBody body) {
        AdminCommand command = new AdminCommand.PublishModel(
                body.as("id", body.text("id"), ModelId::new),
                body.as("sha256", body.text("sha256"), ModelDigest::new),
                body.number("size_bytes"),
                body.optionalText("licence"),
                new TokenPrice(
                        body.as(
                                "prompt_nanodollars_per_million",
                                body.amount("prompt_nanodollars_per_million"),
                                AdminRoutes::notNegative),
                        body.as(
                                "completion_nanodollars_per_million",
                                body.amount("completion_nanodollars_per_million"),
                                AdminRoutes::notNegative)),
                royalty(body));
        body.done();
        return command;
    }

    /** Nothing said leaves it as it is; a creator that is {@code null} takes it off. */
    private static Optional<AdminCommand.Royalty> royalty(AdminBody body) {
        boolean removed = body.isNull("creator");
        if (!removed && !body.has("creator") && !body.has("royalty_basis_points")) return Optional.empty();
        if (removed) return Optional.of(AdminCommand.Royalty.NONE);
        AccountId creator = body.as("creator", body.text("creator"), AccountId::new);
        long points = body.number("royalty_basis_points");
        int share = body.as("royalty_basis_points", points, AdminRoutes::basisPoints);
        return Optional.of(new AdminCommand.Royalty(Optional.of(creator), share));
    }

    private static int basisPoints(long points) {
        if (points < 1 || points > 10_000) {
            throw new IllegalArgumentException("A royalty is from 1 to 10,000 hundredths of a percent");
        }
        return (int) points;
    }
}
