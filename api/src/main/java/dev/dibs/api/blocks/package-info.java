/** Who may not grab for a while: known to every instance, kept over restarts, listed and lifted by operators. */
package dev.dibs.api.blocks;
