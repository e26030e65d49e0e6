/** Journeys over real HTTP against all services, and the rules of the house. */
package dev.dibs.e2e;
