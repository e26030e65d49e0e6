/** Registration and login: passwords, and refresh tokens that are good for one use. */
package dev.dibs.api.accounts;
