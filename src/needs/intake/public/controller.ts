import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { tenantId } from '../../../kernel/scope.ts';
import { fill, type Language, type Texts } from '../../../kernel/texts.ts';
import { fileView, FileView } from '../../../files/schemas.ts';
import { Key, Public } from '../../../platform/http/decorators.ts';
import type { RequestKey } from '../../../platform/http/idempotency.ts';
import { languageOf } from '../../../platform/http/language.ts';
import { TakesUpload } from '../../../platform/http/upload.ts';
import { CATEGORIES } from '../../model.ts';
import { formQuestion } from '../../survey/schemas.ts';
import { texts } from '../../texts.ts';
import { IntakeCommands, type OpenForm } from '../commands.ts';
import { followState } from '../model.ts';
import { NOTICE } from '../notice/model.ts';
import * as schemas from '../schemas.ts';

type Input<Schema extends z.ZodType> = z.output<Schema>;
type FollowView = z.infer<typeof schemas.FollowView>;

function textIn(language: Language, key: string): string {
  const catalogue: Texts = texts;
  return catalogue[key]?.[language] ?? key;
}

function formView({ ticket, communities, guardianBelowAge }: OpenForm, language: Language) {
  const notice = { version: NOTICE.version, text: fill(NOTICE[language], { age: guardianBelowAge }) };
  return { ticket, communities: communities.map(({ id, name }) => ({ id, name })), notice, guardianBelowAge };
}

/** For residents without an account: a form, its sending, and how it goes on. */
@ApiTags('public')
@Controller('api/v1/public')
export class PublicIntakeController {
  readonly #commands: IntakeCommands;

  constructor(commands: IntakeCommands) {
    this.#commands = commands;
  }

  @Get('needs/form')
  @Public()
  @ApiResponse({ status: 200, description: 'What a need of one’s own is sent with', standardSchema: schemas.NeedsForm })
  async needsForm(
    @Query({ schema: schemas.NeedsFormQuery }) { tenant }: Input<typeof schemas.NeedsFormQuery>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof schemas.NeedsForm>> {
    const language = languageOf(wished);
    const form = await this.#commands.needsForm(tenantId(tenant));
    const categories = CATEGORIES.map((id) => ({ id, name: textIn(language, `needs.category.${id}`) }));
    return { ...formView(form, language), categories };
  }

  @Post('needs')
  @Public()
  @ApiResponse({ status: 201, description: 'Kept; the code is shown this once', standardSchema: schemas.Sent })
  async sendNeed(
    @Key() key: RequestKey,
    @Body({ schema: schemas.PublicNeedBody }) body: Input<typeof schemas.PublicNeedBody>,
  ): Promise<z.infer<typeof schemas.Sent>> {
    return { followUpCode: await this.#commands.sendNeed(key, body) };
  }

  @Post('files')
  @Public()
  @TakesUpload()
  @ApiResponse({ status: 201, description: 'Kept for the form whose ticket came with it', standardSchema: FileView })
  async sendFile(
    @Key() key: RequestKey,
    @Body({ schema: schemas.PublicFileBody }) body: Input<typeof schemas.PublicFileBody>,
  ): Promise<z.infer<typeof FileView>> {
    return fileView(await this.#commands.sendFile(key, body));
  }

  @Get('surveys/:code')
  @Public()
  @ApiResponse({ status: 200, description: 'The survey behind a public link', standardSchema: schemas.SurveyForm })
  async surveyForm(
    @Param({ schema: schemas.SurveyCodeParam }) { code }: Input<typeof schemas.SurveyCodeParam>,
    @Headers('accept-language') wished?: string,
  ): Promise<z.infer<typeof schemas.SurveyForm>> {
    const { survey, ...form } = await this.#commands.surveyForm(code);
    const { title, intro, questions, opensAt, closesAt } = survey;
    return { ...formView(form, languageOf(wished)), survey: { code, title, intro, questions: questions.map(formQuestion), opensAt, closesAt } };
  }

  @Post('surveys/:code/answers')
  @Public()
  @ApiResponse({ status: 201, description: 'Kept; the code is shown this once', standardSchema: schemas.Sent })
  async sendAnswer(
    @Key() key: RequestKey,
    @Param({ schema: schemas.SurveyCodeParam }) { code }: Input<typeof schemas.SurveyCodeParam>,
    @Body({ schema: schemas.PublicAnswerBody }) body: Input<typeof schemas.PublicAnswerBody>,
  ): Promise<z.infer<typeof schemas.Sent>> {
    return { followUpCode: await this.#commands.sendAnswer(key, code, body) };
  }

  /** The code comes in a header, so that no log of addresses holds it. */
  @Get('follow-up')
  @Public()
  @ApiHeader({ name: 'X-Follow-Up-Code', required: true, description: 'As it was shown after sending' })
  @ApiResponse({ status: 200, description: 'How it goes on, in plain words', standardSchema: schemas.FollowView })
  async follow(@Headers('x-follow-up-code') code = '', @Headers('accept-language') wished?: string): Promise<FollowView> {
    return followView(await this.#commands.follow(code.slice(0, 100)), languageOf(wished));
  }

  @Post('follow-up/remarks')
  @HttpCode(200)
  @Public()
  @ApiResponse({ status: 200, description: 'Added', standardSchema: schemas.FollowView })
  async remark(
    @Key() key: RequestKey,
    @Body({ schema: schemas.RemarkBody }) { code, text }: Input<typeof schemas.RemarkBody>,
    @Headers('accept-language') wished?: string,
  ): Promise<FollowView> {
    return followView(await this.#commands.remark(key, code, text), languageOf(wished));
  }

  @Post('follow-up/answer')
  @HttpCode(200)
  @Public()
  @ApiResponse({ status: 200, description: 'What was asked is answered; the community looks at it again', standardSchema: schemas.FollowView })
  async answer(
    @Key() key: RequestKey,
    @Body({ schema: schemas.FollowAnswerBody }) { code, text }: Input<typeof schemas.FollowAnswerBody>,
    @Headers('accept-language') wished?: string,
  ): Promise<FollowView> {
    return followView(await this.#commands.answer(key, code, text), languageOf(wished));
  }

  /** As easy as sending was: the words, the contact and the photographs go, at once and for good. */
  @Post('follow-up/withdraw-consent')
  @HttpCode(200)
  @Public()
  @ApiResponse({ status: 200, description: 'Taken back; again changes nothing', standardSchema: schemas.FollowView })
  async withdraw(
    @Key() key: RequestKey,
    @Body({ schema: schemas.WithdrawBody }) { code }: Input<typeof schemas.WithdrawBody>,
    @Headers('accept-language') wished?: string,
  ): Promise<FollowView> {
    return followView(await this.#commands.withdraw(key, code), languageOf(wished));
  }
}

function followView(followed: Awaited<ReturnType<IntakeCommands['follow']>>, language: Language): FollowView {
  const { need, submittedAt, communityName, remarks, asked, leftOut } = followed;
  const state = followState(followed);
  const reasonText = leftOut === null ? '' : textIn(language, `needs.leaving.${leftOut.reason}`);
  return {
    state,
    stateText: fill(textIn(language, `needs.intake.state.${state}`), { reason: reasonText, text: leftOut?.text ?? '' }),
    number: need?.number ?? null,
    category: need?.category ?? null,
    publicText: need?.publicText ?? null,
    communityName,
    submittedAt,
    remarks: [...remarks],
    asked,
    leftOut: leftOut && { ...leftOut, reasonText },
  };
}
