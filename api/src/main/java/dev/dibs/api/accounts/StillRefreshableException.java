package dev.dibs.api.accounts;

/**
 * Access tokens have been ended and the refresh tokens behind them have not, as the store does not answer: they can be
 * changed for new access tokens once it does, until the same call is repeated.
 */
final class StillRefreshableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StillRefreshableException(Throwable cause) {
        super("Access tokens are ended, refresh tokens not yet; repeat the call: " + cause, cause);
    }
}
