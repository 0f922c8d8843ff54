/** The directory over HTTP: finding professionals, and naming people by their ids. */
import { DIRECTORY_ROUTES } from '@liaison/contract/directory';
import { Controller } from '@nestjs/common';
import { type Call, Serves } from '../platform/http/serves.decorator.js';
import { PeopleCards } from './people.cards.js';
import { PeopleSearch } from './people.search.js';

@Controller()
export class DirectoryController {
  constructor(
    private readonly people: PeopleSearch,
    private readonly cards: PeopleCards,
  ) {}

  @Serves(DIRECTORY_ROUTES.searchPeople)
  async search({ query }: Call<typeof DIRECTORY_ROUTES.searchPeople>) {
    return { people: await this.people.search(query.q) };
  }

  @Serves(DIRECTORY_ROUTES.peopleCards)
  async query({ body }: Call<typeof DIRECTORY_ROUTES.peopleCards>) {
    return { people: await this.cards.of(body.people) };
  }
}
